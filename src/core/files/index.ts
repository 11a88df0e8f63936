export { fileError, FileUnusable, isMissing } from './file-unusable.js';
export { makeFolder } from './make-folder.js';
export { abandonedScratch, openScratch } from './scratch.js';
export { readText } from './read-text.js';
