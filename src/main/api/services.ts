import type { AppCommand, AppInfo, FolderListing, HealthCheck } from '@contract/app';
import type { Conversation, ConversationEvent, ConversationSummary } from '@contract/conversations';
import type {
  DocumentView,
  FileRow,
  FileStatus,
  KnowledgeState,
  SearchInput,
  SearchResult,
  Source,
} from '@contract/knowledge';
import type { Model, ModelRole, ModelsState } from '@contract/models';
import type { Settings, SettingsPatch } from '@contract/settings';
import type { Subscribe } from './subscription.ts';

type Awaitable<Value> = Value | Promise<Value>;

export interface FilesInput {
  sourceId: string;
  status?: FileStatus | undefined;
  query?: string | undefined;
  offset: number;
  limit: number;
}

/** What the router needs of the knowledge domain. */
export interface KnowledgeServices {
  state(): Awaitable<KnowledgeState>;
  /** The current state at once, then each change. */
  watch: Subscribe<KnowledgeState>;
  addSource(path: string): Promise<Source>;
  removeSource(sourceId: string): Promise<void>;
  pauseSource(sourceId: string): Promise<void>;
  resumeSource(sourceId: string): Promise<void>;
  refreshSource(sourceId: string): Promise<void>;
  cancelIndexing(sourceId: string): Promise<void>;
  files(input: FilesInput): Promise<{ files: FileRow[]; total: number }>;
  search(input: SearchInput, signal?: AbortSignal): Promise<SearchResult>;
  document(
    input: { documentId: number; firstLine: number; lineCount: number },
    signal?: AbortSignal,
  ): Promise<DocumentView>;
  documentBytes(input: {
    documentId: number;
    offset: number;
    length: number;
  }): Promise<{ base64: string; sizeBytes: number }>;
  /** Absolute path of a document of a granted source, checked to lie inside it and to exist. */
  documentPath(documentId: number): Promise<string>;
}

/** What the router needs of the model library and the engine. */
export interface ModelServices {
  state(): Awaitable<ModelsState>;
  watch: Subscribe<ModelsState>;
  add(input: { path: string; role?: ModelRole | undefined }): Promise<Model>;
  remove(modelId: string): Awaitable<void>;
  setDefault(role: ModelRole, modelId: string | null): Awaitable<void>;
  load(modelId: string, signal?: AbortSignal): Promise<void>;
  unload(modelId: string): Promise<void>;
  rescan(): Promise<void>;
}

export interface Sent {
  conversationId: string;
  userMessageId: string;
  assistantMessageId: string;
}

/** What the router needs of the conversations domain. */
export interface ConversationServices {
  list(input: { query?: string | undefined; limit: number }): Awaitable<ConversationSummary[]>;
  watchList: Subscribe<ConversationSummary[]>;
  create(input: { sourceIds: string[] | null }): Awaitable<Conversation>;
  get(conversationId: string): Conversation;
  /** Changes of one conversation, the first of them a snapshot. */
  watch(conversationId: string, listener: (event: ConversationEvent) => void): () => void;
  rename(conversationId: string, title: string): Awaitable<void>;
  setSources(conversationId: string, sourceIds: string[] | null): Awaitable<void>;
  remove(conversationId: string): Awaitable<void>;
  restore(conversationId: string): Awaitable<void>;
  send(input: { conversationId: string; parentId: string | null; text: string }): Awaitable<Sent>;
  regenerate(input: { conversationId: string; messageId: string }): Awaitable<Sent>;
  stop(conversationId: string): Awaitable<void>;
  selectBranch(conversationId: string, messageId: string): Awaitable<void>;
}

/** What the router needs of the settings domain. */
export interface SettingsServices {
  get(): Settings;
  watch: Subscribe<Settings>;
  update(patch: SettingsPatch): Settings;
}

/** What the router needs of the app as a whole. */
export interface AppServices {
  info: Omit<AppInfo, 'door' | 'capabilities'>;
  doctor(): Promise<HealthCheck[]>;
  listFolders(path: string | undefined): Promise<FolderListing>;
}

export interface Services {
  app: AppServices;
  conversations: ConversationServices;
  knowledge: KnowledgeServices;
  models: ModelServices;
  settings: SettingsServices;
}

/** What a door with a desktop behind it can do; a door without one has none. */
export interface Desktop {
  chooseFolder(): Promise<string | null>;
  chooseModelFile(): Promise<string | null>;
  openPath(path: string): Promise<void>;
  revealPath(path: string): void;
  onCommand: Subscribe<AppCommand>;
}

/** The door a client came through. */
export interface Door {
  kind: AppInfo['door'];
  desktop: Desktop | null;
}
