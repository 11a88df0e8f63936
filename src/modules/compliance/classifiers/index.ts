export { Classifiers, type ClassifierScore, type Span } from './classifiers.js';
export { HEADS, type Head } from './heads.js';
export type { Language } from './language.js';
export { loadClassifiers } from './loader.js';
export { LocalClassifiers } from './local-classifiers.js';
