import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate authority of a test's own, and what it signs; made with openssl. */
export interface Authority {
  caFile: string;
  /** Signs a certificate for 127.0.0.1 and localhost; `name` tells it from others. */
  issue(name: string): { certFile: string; keyFile: string };
}

/** Runs openssl with the words of a line; the folder of a test has no spaces. */
function openssl(line: string): void {
  execFileSync('openssl', line.split(' '), { stdio: ['ignore', 'ignore', 'pipe'] });
}

const NEW_KEY = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';

/** Makes an authority whose files are in `folder`. */
export function makeAuthority(folder: string): Authority {
  const caFile = join(folder, 'ca.pem');
  const caKey = join(folder, 'ca.key');
  openssl(`req -x509 ${NEW_KEY} -subj /CN=authority -days 2 -keyout ${caKey} -out ${caFile}`);
  return {
    caFile,
    issue: (name) => {
      const [certFile, keyFile, request, extensions] = ['pem', 'key', 'csr', 'ext'].map((kind) =>
        join(folder, `${name}.${kind}`),
      ) as [string, string, string, string];
      writeFileSync(extensions, 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
      openssl(`req ${NEW_KEY} -subj /CN=${name} -keyout ${keyFile} -out ${request}`);
      const signing = `-CA ${caFile} -CAkey ${caKey} -CAcreateserial -days 2 -extfile ${extensions}`;
      openssl(`x509 -req -in ${request} ${signing} -out ${certFile}`);
      return { certFile, keyFile };
    },
  };
}
