export { People } from './access/people.js';
export { AdminAccount } from './users/admin-account.js';
export { ADMIN_PASSWORD_FILE, AdminPasswordFile } from './users/admin-password-file.js';
export { AdminAccountModule } from './users/admin-account.module.js';
export { AuthHttpModule } from './auth.http.module.js';
export { AuthModule } from './auth.module.js';
export { BotTokens } from './tokens/bot-tokens.js';
export { LocalSession } from './sessions/local-session.js';
export { UsersService } from './users/users.service.js';
