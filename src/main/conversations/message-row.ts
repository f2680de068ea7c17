import { citation, message, usage } from '@contract/conversations';
import type { Message } from '@contract/conversations';
import { z } from 'zod';

/** A row of `messages`, as SQLite gives it. */
export interface MessageRow {
  id: string;
  conversation_id: string;
  parent_id: string | null;
  role: string;
  text: string;
  created_at: number;
  status: string;
  mode: string | null;
  model_name: string | null;
  citations: string;
  usage: string | null;
  duration_ms: number | null;
  failure: string | null;
  notice: string | null;
}

const { role, status, mode, failure } = message.shape;

/**
 * A message from its row. Evidence and figures that cannot be read are left out rather than losing the text with
 * them; an unknown role or status is a bug and throws.
 */
export function messageFromRow(row: MessageRow): Message {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    parentId: row.parent_id,
    role: role.parse(row.role),
    text: row.text,
    createdAt: row.created_at,
    status: status.parse(row.status),
    mode: mode.parse(row.mode),
    modelName: row.model_name,
    citations: fromJson(row.citations, z.array(citation), []),
    usage: fromJson(row.usage, usage.nullable(), null),
    durationMs: row.duration_ms,
    failure: fromJson(row.failure, failure, null),
    notice: row.notice,
  };
}

export function fromJson<Value>(json: string | null, schema: z.ZodType<Value>, fallback: Value): Value {
  if (json === null) return fallback;
  try {
    return schema.parse(JSON.parse(json));
  } catch {
    // The fallback is the answer to damaged JSON: see `messageFromRow`.
    return fallback;
  }
}

export function toJson(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}
