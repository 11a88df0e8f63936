/** The folders that hold blobs; beside them in the data folder live the database and the secrets, which no key reaches. */
export const BLOB_AREAS = ['exports', 'runs', 'network', 'backups', 'audit'] as const;
type BlobArea = (typeof BLOB_AREAS)[number];
/** The areas of which every object is named by a row of the view `stored_blobs`; what is not named is swept. */
export const ROW_AREAS = ['exports', 'runs', 'network'] as const satisfies readonly BlobArea[];

const NAME = /^[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}$/;
const MAX_NAMES = 10;

/** `area/name/…/name`: names of letters, digits, dashes, underscores and dots, none of them a dot first. */
export function isBlobKey(key: string): boolean {
  return isBlobFolder(key) && key.includes('/');
}

/** What {@link isBlobKey} takes, or an area alone. */
export function isBlobFolder(folder: string): boolean {
  const [area, ...names] = folder.split('/');
  return (
    BLOB_AREAS.some((known) => known === area) &&
    names.length <= MAX_NAMES &&
    names.every((name) => NAME.test(name))
  );
}

/** Keys are made by the program: a bad one is a defect, and no key of a user's ever gets this far. */
export function requireBlobKey(key: string): void {
  if (!isBlobKey(key)) throw new Error(`not the key of a blob: ${JSON.stringify(key)}`);
}

export function requireBlobFolder(folder: string): void {
  if (!isBlobFolder(folder)) throw new Error(`not a folder of blobs: ${JSON.stringify(folder)}`);
}
