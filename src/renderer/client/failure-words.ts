import type { ErrorCode } from '@contract/errors';

export interface FailureWords {
  /** What happened, in a few words. */
  title: string;
  /** What the user can do about it. */
  nextStep: string;
}

/** Words for every expected failure; a code without words does not build. */
export const failureWords: Record<ErrorCode, FailureWords> = {
  source_not_found: {
    title: 'This folder is no longer in Alcove',
    nextStep: 'Add it again if you want to search it.',
  },
  source_path_missing: {
    title: 'That folder cannot be found',
    nextStep: 'Check the path, or connect the drive it is on.',
  },
  source_path_denied: {
    title: 'Alcove may not read that folder',
    nextStep: 'Give yourself permission to read it, then add it again.',
  },
  source_already_added: {
    title: 'This folder is already in Alcove',
    nextStep: 'You will find it under Knowledge.',
  },
  source_overlaps: {
    title: 'This folder overlaps one you already added',
    nextStep: 'Remove the other folder first, or keep the one you have.',
  },
  document_not_found: {
    title: 'This file is no longer in the index',
    nextStep: 'It was removed or its folder was. Ask again for a current answer.',
  },
  document_missing: {
    title: 'This file is no longer where it was',
    nextStep: 'It was moved or deleted. Refresh its folder under Knowledge.',
  },
  document_unreadable: {
    title: 'This file cannot be read',
    nextStep: 'Open it in its own app to see whether it is damaged.',
  },
  index_unavailable: {
    title: 'The index is not available',
    nextStep: 'Try again in a moment. If it stays away, see the checks under Settings.',
  },
  model_not_found: {
    title: 'This model is no longer in the library',
    nextStep: 'Choose another under Models.',
  },
  model_file_missing: {
    title: 'The model’s file is gone',
    nextStep: 'Put it back where it was, or choose another model.',
  },
  model_file_invalid: {
    title: 'This file is not a usable model',
    nextStep: 'It may be incomplete. Copy or download the GGUF file again.',
  },
  model_role_mismatch: {
    title: 'This model cannot do that job',
    nextStep: 'Choose a model made for it under Models.',
  },
  model_load_failed: {
    title: 'The model could not be loaded',
    nextStep: 'It may need more memory than is free. Close other apps or choose a smaller model.',
  },
  engine_unavailable: {
    title: 'The model engine is not running',
    nextStep: 'Try again in a moment. If it stays away, see the checks under Settings.',
  },
  context_too_small: {
    title: 'This does not fit into the model’s context',
    nextStep: 'Shorten the message, or choose a model with a larger context.',
  },
  conversation_not_found: { title: 'This chat no longer exists', nextStep: 'Start a new one.' },
  message_not_found: { title: 'This message no longer exists', nextStep: 'Open the chat again.' },
  conversation_busy: {
    title: 'An answer is still being written',
    nextStep: 'Stop it or wait until it is finished.',
  },
  invalid_input: { title: 'That cannot be used here', nextStep: 'Check what you entered and try again.' },
  not_supported_here: {
    title: 'This is not possible here',
    nextStep: 'Use Alcove’s own window for this.',
  },
  disk_full: {
    title: 'The disk is full',
    nextStep: 'Free some space. Indexing goes on from where it stopped.',
  },
  data_folder_in_use: {
    title: 'Another Alcove uses this data folder',
    nextStep: 'Close it, then try again.',
  },
  data_folder_newer: {
    title: 'This data folder was written by a newer Alcove',
    nextStep: 'Update Alcove to open it.',
  },
  data_folder_denied: {
    title: 'Alcove may not write to its data folder',
    nextStep: 'Change the permissions of the folder, then try again.',
  },
  data_damaged: {
    title: 'Alcove’s own data is damaged',
    nextStep: 'Close Alcove and put a backup in place of the file.',
  },
  index_damaged: {
    title: 'The index is damaged and is being built again',
    nextStep: 'Search is complete again when that is done. Your files and chats are not affected.',
  },
  child_crashed: {
    title: 'A part of Alcove stopped and was started again',
    nextStep: 'Nothing saved was lost. Try again.',
  },
  child_unavailable: {
    title: 'A part of Alcove is not running',
    nextStep: 'Try again in a moment. If it stays away, start Alcove again.',
  },
  timeout: { title: 'This took too long', nextStep: 'Try again. A busy machine needs more time.' },
  internal: {
    title: 'Something in Alcove went wrong',
    nextStep: 'Try again. The log in the data folder says more.',
  },
};
