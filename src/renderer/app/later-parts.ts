import { prepared } from '../components/prepared.tsx';
import { prepareAnswers } from '../features/chats/Answer.tsx';

/** The parts a start does without. */
export const KnowledgeScreen = prepared(() => import('../features/knowledge/KnowledgeScreen.tsx'));
export const ModelsScreen = prepared(() => import('../features/models/ModelsScreen.tsx'));
export const SettingsScreen = prepared(() => import('../features/settings/SettingsScreen.tsx'));
export const Palette = prepared(() => import('../features/search/Palette.tsx'));
export const EvidencePanel = prepared(() => import('../features/evidence/EvidencePanel.tsx'));

const afterStartMs = 300;

/** Fetches the later parts those needed first at once, the others when the start is over. */
export function prepareLaterParts(): void {
  prepareAnswers();
  Palette.prepare();
  setTimeout(() => {
    for (const part of [EvidencePanel, KnowledgeScreen, ModelsScreen, SettingsScreen]) part.prepare();
  }, afterStartMs);
}
