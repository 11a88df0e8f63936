import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DocumentEditing } from './document-editor.js';
import { DocumentRecord } from './document.entity.js';
import { DocumentsRepository } from './documents.repository.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([DocumentRecord])],
  providers: [DocumentsRepository, DocumentEditing],
  exports: [DocumentsRepository, DocumentEditing],
})
export class DocumentsModule {}
