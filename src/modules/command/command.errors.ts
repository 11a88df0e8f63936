import { AppError } from '../../core/errors/index.js';

export class ConversationNotFound extends AppError {
  constructor() {
    super('not_found', 'conversation_not_found', 'there is no such conversation of yours');
  }
}

/** By the variable of the server. */
export class ChatOff extends AppError {
  constructor() {
    super('forbidden', 'chat_off', 'the chat is switched off on this server (ENABLE_CONVERSATIONAL_AI)');
  }
}

export class CommandUnknown extends AppError {
  /** @param near the one that was probably meant */
  constructor(name: string, near: string | undefined) {
    const meant = near === undefined ? ';' : `: did you mean ${near}?`;
    const message = `there is no command ${name}${meant} GET /api/v1/commands lists them`;
    super('invalid', 'command_unknown', message, [{ field: 'command', message }]);
  }
}

/** A text that begins with a brace, as those of programs do. */
export class MessageNotJson extends AppError {
  constructor() {
    const message = 'begins with a brace and is no JSON, such as {"action": "say", "text": "list campaigns"}';
    super('invalid', 'input_invalid', `message: ${message}`, [{ field: 'message', message }]);
  }
}

export class QuestionOver extends AppError {
  constructor() {
    super('conflict', 'question_over', 'that question was answered, replaced, or not answered in time');
  }
}
