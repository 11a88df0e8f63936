export {
  PERMISSIONS,
  Public,
  PUBLIC_ROUTE,
  REQUIRED_PERMISSION,
  RequirePermission,
  type Caller,
  type Permission,
} from './access.js';
export { CurrentCaller } from './current-caller.js';
export { answerClientError, answerFrameworkError } from './framework-errors.js';
export { InputPipe, InvalidInputError } from './input.pipe.js';
export { openApiDocument } from './openapi.js';
export { ProblemFilter } from './problem.filter.js';
export { API_PREFIX, versionedUrl } from './rewrite.js';
export { UuidPipe } from './uuid.pipe.js';
