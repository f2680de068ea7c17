import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { FileText, MessageSquare } from 'lucide-react';
import { useState } from 'react';
import { queries } from '../../client/alcove.ts';
import { Dialog } from '../../components/Dialog.tsx';
import { matchingLine } from '../../components/excerpt.ts';
import { Marked } from '../../components/Marked.tsx';
import { shortenPath } from '../../components/shorten-path.ts';
import { useDebounced } from '../../components/use-debounced.ts';
import { openEvidence } from '../../workspace/evidence.ts';
import { placeOf } from '../../workspace/place-words.ts';
import { goTo } from '../../workspace/route.ts';
import { matchingActions } from './actions.tsx';
import './palette.css';

const typingMs = 120;
const mostChats = 6;
const mostDocuments = 8;

/** One field that finds chats, passages in documents, and things to do. */
export default function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const query = useDebounced(text.trim(), typingMs);
  const run = (act: () => void): void => {
    onClose();
    act();
  };
  return (
    <Dialog label="Search" className="palette" onClose={onClose}>
      <Command label="Search" shouldFilter={false} loop>
        <Command.Input
          value={text}
          onValueChange={setText}
          autoFocus
          placeholder="Search chats, documents and actions"
        />
        <Command.List>
          <Actions text={text} run={run} />
          <Chats query={query} run={run} />
          {query !== '' && <Documents query={query} run={run} />}
          {query !== '' && <Command.Empty>Nothing matches. Try other words.</Command.Empty>}
        </Command.List>
      </Command>
    </Dialog>
  );
}

interface GroupProps {
  query: string;
  run: (act: () => void) => void;
}

function Actions({ text, run }: { text: string; run: GroupProps['run'] }) {
  const actions = matchingActions(text);
  if (actions.length === 0) return null;
  return (
    <Command.Group heading="Actions">
      {actions.map((action) => (
        <Command.Item key={action.label} value={`action ${action.label}`} onSelect={() => run(action.run)}>
          {action.icon}
          <span className="truncate">{action.label}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Chats({ query, run }: GroupProps) {
  const { data } = useQuery(
    queries.conversations.list.queryOptions({
      input: query === '' ? { limit: mostChats } : { query, limit: mostChats },
      placeholderData: keepPreviousData,
    }),
  );
  if (!data || data.length === 0) return null;
  return (
    <Command.Group heading="Chats">
      {data.map((chat) => (
        <Command.Item
          key={chat.id}
          value={`chat ${chat.id}`}
          onSelect={() => run(() => goTo({ view: 'chat', conversationId: chat.id }))}
        >
          <MessageSquare aria-hidden />
          <span className="truncate palette-name">{chat.title}</span>
          {chat.snippet !== null && <span className="truncate palette-note">{chat.snippet}</span>}
        </Command.Item>
      ))}
    </Command.Group>
  );
}

function Documents({ query, run }: GroupProps) {
  const { data } = useQuery(
    queries.knowledge.search.queryOptions({
      input: { query, limit: mostDocuments },
      placeholderData: keepPreviousData,
    }),
  );
  const hits = data?.hits ?? [];
  if (hits.length === 0) return null;
  return (
    <Command.Group heading="Documents">
      {hits.map((hit, index) => (
        <Command.Item
          key={hit.chunkId}
          value={`hit ${hit.chunkId}`}
          onSelect={() => run(() => openEvidence(hits, index))}
        >
          <FileText aria-hidden />
          <span className="truncate palette-name">{shortenPath(hit.relativePath, 44)}</span>
          <span className="truncate palette-note">
            <Marked text={matchingLine(hit.text, query)} query={query} />
          </span>
          <span className="palette-place tabular">{placeOf(hit)}</span>
        </Command.Item>
      ))}
    </Command.Group>
  );
}
