import { AppError } from '../errors/index.js';

/**
 * Does something with the text of a file at the API, which does not know where it comes from: what is wrong with the text is
 * told with the name of the file.
 * @param file `-`: standard input
 */
export async function namingFile<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { ApiError } = await import('@azt3knet/client');
    if (!(error instanceof ApiError) || error.code !== 'document_invalid') throw error;
    const { errors, code } = error;
    if (errors.some(({ line }) => line === undefined)) throw error;
    const name = file === '-' ? 'standard input' : file;
    const lines = errors.map(({ field, message, line, column }) =>
      [`${name}:${line}:${column ?? 1}`, ...(field === '' ? [] : [field]), message].join(': '),
    );
    throw new AppError('invalid', code, lines.join('\n'), errors);
  }
}
