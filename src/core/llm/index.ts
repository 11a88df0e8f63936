export { CASSETTE_NAME, CASSETTE_NAME_RULE } from './cassettes/cassette-name.js';
export { Cassettes } from './cassettes/cassettes.service.js';
export { LlmError } from './llm.errors.js';
export { LlmGateway, type Breaker } from './llm-gateway.js';
export { LlmHttpModule } from './llm.http.module.js';
export { LlmModule } from './llm.module.js';
export type {
  BackendName,
  CallOptions,
  CassetteMode,
  Completion,
  Forecast,
  Gateway,
  LanguageModel,
  LlmRequest,
  Message,
  ModelIdentity,
  RecordsOptions,
  Rule,
  SessionOptions,
  TokenCount,
  UsageTotals,
} from './llm.types.js';
export { renderPrompt, type RenderedPrompt } from './prompts/prompts.js';
export { WRITERS, WRITING_MODES, type WriterName, type WritingMode } from './writers.js';
export {
  modelWriterOf,
  noUsage,
  tapeOf,
  usageOf,
  writerInOrder,
  type ModelWriter,
  type WritingRequest,
  type WritingTape,
  type WritingUsage,
} from './writing.js';
export { ModelWriterDto, tapeFields, WritingForecastDto, writingForecastDto } from './writing.dto.js';
