import { app } from './app.ts';
import { conversations } from './conversations.ts';
import { knowledge } from './knowledge.ts';
import { models } from './models.ts';
import { settingsContract } from './settings.ts';

/** Everything a client can ask of Alcove or listen to, whichever door it comes through. */
export const contract = { app, conversations, knowledge, models, settings: settingsContract };

export type Contract = typeof contract;
