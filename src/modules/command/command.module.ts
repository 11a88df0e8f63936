import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Conversation, ConversationMessage, ConversationWatch } from './conversations/conversation.entity.js';
import { ConversationsRepository } from './conversations/conversations.repository.js';
import { ConversationsRetention } from './conversations/conversations.retention.js';

/** Conversations as rows: for every mode. */
@Module({
  imports: [TypeOrmModule.forFeature([Conversation, ConversationMessage, ConversationWatch])],
  providers: [ConversationsRepository, ConversationsRetention],
  exports: [ConversationsRepository],
})
export class CommandModule {}
