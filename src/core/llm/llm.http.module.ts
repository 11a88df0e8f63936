import { Module } from '@nestjs/common';
import { LlmController } from './llm.controller.js';

@Module({ controllers: [LlmController] })
export class LlmHttpModule {}
