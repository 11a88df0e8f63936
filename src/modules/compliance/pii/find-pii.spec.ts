import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPii, PII_KINDS, type PiiKind } from './index.js';

/** What is found in a text, as `kind: text`. */
const found = (text: string): string[] =>
  findPii(text).map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

const scoreOf = (text: string): number => findPii(text)[0]?.score ?? 0;

/** The processor time of reading a text, in milliseconds. */
function timeOf(text: string): number {
  const before = process.cpuUsage().user;
  findPii(text);
  return (process.cpuUsage().user - before) / 1000;
}

/** Each text has one finding: what stands between the marks. */
function expectMarked(kind: PiiKind, marked: string): void {
  const [before = '', inside = '', after = ''] = marked.split(/[⟦⟧]/u);
  expect(found(before + inside + after)).toEqual([`${kind}: ${inside}`]);
}

const POSITIVES: Partial<Record<PiiKind, readonly string[]>> = {
  email: [
    'Write to ⟦ana.lopez@example.com⟧!',
    '<⟦o’brien+news@mail.example.co.uk⟧>',
    'correo:⟦ana_99@example.com.mx⟧.',
    'see ⟦ana@example.com⟧.Thanks',
    'Übrigens ⟦jürgen@exämple.de⟧ ok',
    'mailto:⟦ana@xn--exmple-cua.com⟧',
    '⟦ana [at] example [dot] com⟧',
    '⟦ana (arroba) example punto org⟧',
    '⟦ana.lopez at example dot com⟧',
    '⟦ana@example[.]com⟧',
    '⟦ana{at}example.com⟧',
    'write me: ⟦ana @ gmail.com⟧',
    'mail me: ⟦ana at gmail.com⟧',
    '⟦ａｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ⟧',
    '⟦an\u200ba@exam\u200bple.com⟧',
  ],
  card: [
    'my card is ⟦4111 1111 1111 1111⟧ 12/29',
    '⟦5500-0000-0000-0004⟧',
    'amex ⟦3782 822463 10005⟧',
    'code 3 ⟦4111111111111111⟧ 12',
    'pay ⟦4111-1111/1111.1111⟧ now',
    '⟦4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1⟧',
    '⟦٤١١١ ١١١١ ١١١١ ١١١١⟧',
    'block card no ⟦9000000000000001⟧',
  ],
  iban: [
    'to ⟦DE89370400440532013000⟧.',
    '⟦GB29-NWBK-6016-1331-9268-19⟧',
    'es ⟦ES91 2100 0418 4502 0005 1332⟧ gracias',
    'typed wrongly, my IBAN is ⟦ES91 2100 0418 4502 0005 1333⟧',
  ],
  us_routing: ['routing number ⟦021000021⟧', 'ABA: ⟦121000248⟧'],
  crypto_wallet: [
    'BTC ⟦1BoatSLRHtKNngkdXEeobR76b53LETtpyT⟧',
    '⟦bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4⟧',
    'eth ⟦0x52908400098527886E0F7030069857D2E4169EE7⟧',
  ],
  ip: [
    'server at ⟦192.168.10.24⟧:8080',
    '⟦203.0.113.7⟧/24',
    '|⟦198.51.100.1⟧|',
    '⟦2001:0db8:85a3:0000:0000:8a2e:0370:7334⟧',
    'from ⟦2001:db8::1⟧: refused',
    '⟦fe80::1ff:fe23:4567:890a⟧',
    '⟦::ffff:192.0.2.1⟧',
    '⟦192[.]0[.]2[.]1⟧',
  ],
  mac: ['⟦00:1A:2B:3C:4D:5E⟧', '⟦00-1a-2b-3c-4d-5e⟧'],
  us_ssn: ['SSN: ⟦078-05-1120⟧', '⟦123-45-6789⟧', 'my social security number is ⟦123456789⟧'],
  us_itin: ['ITIN ⟦900-70-1234⟧'],
  us_driver_license: [
    "My driver's license number is ⟦F162823540116⟧",
    'licencia de conducir: ⟦2270-66-1551⟧',
  ],
  passport: ['passport no. ⟦X1234567⟧', 'mi pasaporte es ⟦G12345678⟧'],
  mx_curp: [
    '⟦HEGG 560427 MVZRRL 04⟧',
    'es ⟦HEGG-560427-MVZRRL-04⟧',
    'CURP ⟦HEGG560427MVZRRL04⟧',
    '⟦hegg560427mvzrrl04⟧',
  ],
  mx_rfc: ['⟦GODE561231GR8⟧', 'RFC ⟦GODE-561231-GR8⟧', '⟦SAT970701NN3⟧'],
  es_dni: ['⟦12345678Z⟧', 'DNI ⟦12345678-Z⟧', '⟦12.345.678-Z⟧'],
  es_nie: ['⟦X1234567L⟧', 'NIE ⟦X-1234567-L⟧'],
  br_cpf: ['⟦529.982.247-25⟧', 'CPF ⟦52998224725⟧'],
  br_cnpj: ['⟦11.222.333/0001-81⟧', '⟦12.ABC.345/01DE-35⟧', 'CNPJ ⟦11222333000181⟧'],
  date_of_birth: [
    'She was born on ⟦2/8/1935⟧.',
    'nací el ⟦12 de mayo de 1990⟧',
    'Date of birth: ⟦May 12, 1990⟧',
    'DOB ⟦1990-05-12⟧',
  ],
  postal_code: [
    'My zip code is ⟦90210-1234⟧',
    'ZIP: ⟦B0J 2H0⟧',
    'código postal ⟦06700⟧',
    'postcode ⟦SW1A 1AA⟧',
  ],
  address: [
    'I live at ⟦742 Evergreen Terrace, apt 4⟧',
    'vivo en la ⟦calle durango 123⟧',
    '⟦Av. Insurgentes Sur #1234⟧, Roma',
  ],
  name: ['My name is ⟦Ana López⟧ and', 'Me llamo ⟦José de la Cruz⟧.', 'Dear Mrs. ⟦Åsa Öberg⟧,'],
};

describe('personal data', () => {
  it.each(
    Object.entries(POSITIVES).flatMap(([kind, texts]) =>
      texts.map((text) => [kind as PiiKind, text] as const),
    ),
  )('finds %s in %s', expectMarked);

  it('has an example of every kind but telephones, which have tests of their own', () => {
    expect(PII_KINDS.filter((kind) => !(kind in POSITIVES))).toEqual(['phone']);
  });

  it.each([
    'Meet us @ the corner, 8pm. Mention @muralista.',
    'look at example dot com, we met at that point in time',
    'react@18.2.0 and user@localhost',
    '4111 1111 1111 1112 is no card, nor is edition 2024100500000001',
    'ES91 2100 0418 4502 0005 1333 and mx20 a long name of a wall',
    '021000021 alone, routing 021000022',
    '1BoatSLRHtKNngkdXEeobR76b53LETtpyU',
    'version 1.20.3.4, section 1.2.3.4.5, 999.1.1.1 at 12:30:45, std::vector a::b',
    'on 127.0.0.1 and 0.0.0.0 and ::1',
    '000-12-3456 and 666-12-3456 and 123-00-4567',
    'HEGG561327MVZRRL04 in the wrong month, XAXX010101000 is nobody',
    '12345678A and X1234567A',
    '529.982.247-26 and 11.222.333/0001-82',
    'my license is MIT and my passport expired in 2019',
    'we started on 12/05/1990, born tired',
    'zip the files, 90210 of them; el CP dijo 12',
    '20 artists took over the street. La calle es nuestro museo, 40 murales.',
    'my name is not important. mr rogers',
  ])('finds nothing in %s', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('is surer of what a check digit proves', () => {
    expect(scoreOf('DE89370400440532013000')).toBe(1);
    expect(scoreOf('HEGG560427MVZRRL04')).toBe(1);
    expect(scoreOf('HEGG560427MVZRRL05')).toBe(0.7);
    expect(scoreOf('078-05-1120')).toBeLessThan(scoreOf('SSN 078-05-1120'));
    expect(scoreOf('my IBAN is ES91 2100 0418 4502 0005 1333')).toBe(0.6);
  });

  it('takes the surest of what overlaps', () => {
    expect(found('call 4111 1111 1111 1111')).toEqual(['card: 4111 1111 1111 1111']);
    expect(found('tel 529.982.247-25')).toEqual(['br_cpf: 529.982.247-25']);
  });

  it('finds all in one text, in order, with offsets of the source', () => {
    const text =
      '🎨 Ana\u200b: ana@example.com\n  tel +34 612 345 678,\n  IBAN ES91 2100 0418 4502 0005 1332 🎨';
    expect(found(text)).toEqual([
      'email: ana@example.com',
      'phone: +34 612 345 678',
      'iban: ES91 2100 0418 4502 0005 1332',
    ]);
  });

  it('reads no number across a line end', () => {
    expect(found('tel 415-555-\n2671')).toEqual([]);
    expect(found('12345\n415-555-2671\n6789')).toEqual(['phone: 415-555-2671']);
  });

  it('gives spans in order that lie in the text and do not overlap, whatever the text', () => {
    const pieces = [
      '@',
      '.',
      ' ',
      '-',
      '+',
      '(',
      ')',
      '1',
      '555',
      '4111',
      'at',
      'dot',
      'gb82',
      'calle ',
      'my name is ',
      'Ana',
      '::',
      '\u200b',
      'é',
      '🎨',
      '\n',
      '٣',
      '\ud800',
    ];
    const text = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (source) => {
        let end = 0;
        for (const span of findPii(source)) {
          expect(span.start).toBeGreaterThanOrEqual(end);
          expect(span.end).toBeGreaterThan(span.start);
          expect(span.end).toBeLessThanOrEqual(source.length);
          expect(span.score).toBeGreaterThanOrEqual(0.5);
          expect(span.score).toBeLessThanOrEqual(1);
          end = span.end;
        }
      }),
    );
  });
});

describe('hostile texts', () => {
  const LENGTH = 1_000_000;
  it.each([
    '1',
    '@',
    '(',
    '1 ',
    '+',
    '1.',
    'a@',
    'a.',
    ':',
    'ab:',
    '::1',
    '-',
    '(1)',
    ' at a dot',
    'a[at]b[.]',
    '4111 1111 ',
    '1\n',
    'gb82 ',
    '1 A B C street ',
  ])('takes time in proportion to the length for %j over and over', (part) => {
    const eighth = part.repeat(LENGTH / 8 / part.length);
    const eighthTime = Math.min(timeOf(eighth), timeOf(eighth));
    // Quadratic time would be 64 times as much; what is below a few milliseconds is noise.
    expect(timeOf(eighth.repeat(8))).toBeLessThan(20 * Math.max(eighthTime, 5));
  });
});
