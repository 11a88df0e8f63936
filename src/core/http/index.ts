export {
  PERMISSIONS,
  Public,
  PUBLIC_ROUTE,
  REQUIRED_PERMISSION,
  RequirePermission,
  type Caller,
  type Permission,
} from './access.js';
export { Authenticator } from './authenticator.js';
export { CurrentCaller } from './current-caller.js';
export { etagOf, IfMatch, namesTag, requireMatch } from './etag.js';
export { answerClientError, answerFrameworkError } from './framework-errors.js';
export { InputGuard } from './input.guard.js';
export { InvalidInputError, readInput } from './input.js';
export { openApiDocument } from './openapi.js';
export { problemOf } from './problem.js';
export { ProblemFilter } from './problem.filter.js';
export { serveRedoc } from './redoc.js';
export { API_PREFIX, versionedUrl } from './rewrite.js';
export { contractOf, Route, type RouteContract } from './route.js';
export { compileSerializer } from './serializer.js';
export { file, IdParams, links, page, pageQuery, seed, sortBy, synthetic, time, uuid, wire } from './wire.js';
