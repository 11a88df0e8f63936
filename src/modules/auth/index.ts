export { ADMIN_PASSWORD_FILE, AdminAccount } from './admin-account.js';
export { AuthHttpModule } from './auth.http.module.js';
export { AuthModule } from './auth.module.js';
export { AuthService } from './auth.service.js';
