export { ADMIN_PASSWORD_FILE, AdminAccount } from './admin-account.js';
export { AdminAccountModule } from './admin-account.module.js';
export { AuthHttpModule } from './auth.http.module.js';
export { AuthModule } from './auth.module.js';
export { AuthService } from './auth.service.js';
export { API_SECRET_FILE } from './token.service.js';
export { LocalSession } from './local-session.js';
