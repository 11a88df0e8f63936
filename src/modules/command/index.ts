export { CommandHttpModule } from './command.http.module.js';
export { CommandModule } from './command.module.js';
