export { answerExport, ExportAnswer, type RequestedExport } from './dto/export-answer.dto.js';
export { batchExportsPath } from './dto/export.dto.js';
export { manifestText, type Export } from './export.entity.js';
export { ExportsHttpModule } from './exports.http.module.js';
export { ExportsModule } from './exports.module.js';
export { ExportsService, type KeptExport, type WrittenExport } from './exports.service.js';
