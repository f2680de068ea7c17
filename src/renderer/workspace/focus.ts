const messageFieldId = 'message-field';

export { messageFieldId };

/** Puts the cursor into the message field, once the screen that holds it is drawn. */
export function focusMessageField(): void {
  requestAnimationFrame(() => document.getElementById(messageFieldId)?.focus());
}
