import { api } from './context.ts';
import { appHandlers } from './handlers/app.ts';
import { conversationHandlers } from './handlers/conversations.ts';
import { knowledgeHandlers } from './handlers/knowledge.ts';
import { modelHandlers } from './handlers/models.ts';
import { settingsHandlers } from './handlers/settings.ts';

/** Every method of the contract with its handler, as served by every door. */
export const router = api.router({
  app: appHandlers,
  conversations: conversationHandlers,
  knowledge: knowledgeHandlers,
  models: modelHandlers,
  settings: settingsHandlers,
});
