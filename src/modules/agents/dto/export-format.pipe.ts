import { Injectable, type PipeTransform } from '@nestjs/common';
import { InvalidInputError } from '../../../core/http/index.js';
import { EXPORT_FORMATS, type ExportFormat } from '../population.export.js';

/** The format of an export in a path. */
@Injectable()
export class ExportFormatPipe implements PipeTransform<string, ExportFormat> {
  transform(value: string): ExportFormat {
    const format = EXPORT_FORMATS.find((each) => each === value);
    if (format !== undefined) return format;
    throw new InvalidInputError([
      { field: 'format', message: `must be one of ${EXPORT_FORMATS.join(', ')}` },
    ]);
  }
}
