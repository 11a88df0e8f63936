import { AppError } from '../errors/index.js';

/**
 * Does something with the text of a file at the API, which does not know where it comes from: what is wrong with the text is
 * told with the name of the file.
 * @param file `-`: standard input
 * @param sent the field that the text was sent in, where that has more than the text
 */
export async function namingFile<T>(file: string, work: () => Promise<T>, sent?: string): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { ApiError } = await import('@azt3knet/client');
    if (!(error instanceof ApiError)) throw error;
    const { errors, code } = error;
    if (sent === undefined && code !== 'document_invalid') throw error;
    if (errors.length === 0 || errors.some(({ line }) => line === undefined)) throw error;
    if (sent !== undefined && errors.some(({ field }) => field !== sent)) throw error;
    const name = file === '-' ? 'standard input' : file;
    const lines = errors.map(({ field, message, line, column }) =>
      [
        [name, line, ...(column === undefined ? [] : [column])].join(':'),
        ...(field === '' || field === sent ? [] : [field]),
        message,
      ].join(': '),
    );
    throw new AppError('invalid', code, lines.join('\n'), errors);
  }
}
