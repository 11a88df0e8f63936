export { ADMIN_PASSWORD_FILE, AdminAccount } from './admin-account.js';
export { AuthHttpModule } from './auth.http.module.js';
export { AuthModule } from './auth.module.js';
export { isAllowed, ROLES, type Role } from './permissions.js';
export { User } from './user.entity.js';
