export { readPem, readTlsFiles, TlsFileError, type TlsFiles, type TlsMaterial } from './tls-files.js';
