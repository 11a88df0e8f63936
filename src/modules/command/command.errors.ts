import { AppError } from '../../core/errors/index.js';

export class ConversationNotFound extends AppError {
  constructor() {
    super('not_found', 'conversation_not_found', 'there is no such conversation of yours');
  }
}

export class CommandUnknown extends AppError {
  constructor(name: string) {
    const message = `there is no command ${name}; GET /api/v1/commands lists them`;
    super('invalid', 'command_unknown', message, [{ field: 'command', message }]);
  }
}

export class QuestionOver extends AppError {
  constructor() {
    super('conflict', 'question_over', 'that question was answered, replaced, or not answered in time');
  }
}
