export { followCertificate, tlsOptions, type CertificateLog } from './serve-tls.js';
export { readPem, readTlsFiles, TlsFileError, type TlsFiles } from './tls-files.js';
