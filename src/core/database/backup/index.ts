export { archivedRows } from './archive-rows.js';
export {
  backupDatabase,
  type Backup,
  type BackupOptions,
  type Progress,
  type WorkOptions,
} from './backup.js';
export type { Manifest } from './manifest.js';
export { checkArchive, requireEmptyDatabase, restoreDatabase } from './restore.js';
