import { ContentError } from '../content.errors.js';
import type { CompiledTemplate } from './compiled-template.js';
import { loadTemplates } from './template.loader.js';

/** The templates of this installation, read and checked once. */
export class TemplateLibrary {
  constructor(private readonly templates: ReadonlyMap<string, CompiledTemplate>) {}

  /** @throws DocumentError where a file of the folder is no valid template */
  static load(directory: string): TemplateLibrary {
    return new TemplateLibrary(loadTemplates(directory));
  }

  /** @throws ContentError `template_not_found`, naming those that there are */
  get(id: string): CompiledTemplate {
    const template = this.templates.get(id);
    if (template !== undefined) return template;
    const known = [...this.templates.keys()].join(', ');
    const message = `there is no template ${JSON.stringify(id)}; known are ${known === '' ? 'none' : known}`;
    throw new ContentError('not_found', 'template_not_found', message, [{ field: 'template', message }]);
  }
}
