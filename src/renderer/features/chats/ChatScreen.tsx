import { type ReactNode, useState } from 'react';
import { alcove } from '../../client/alcove.ts';
import { liveKnowledge, liveModels, liveSettings, useLive } from '../../client/live.ts';
import { Notice } from '../../components/Notice.tsx';
import { Button } from '../../components/Button.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { goTo } from '../../workspace/route.ts';
import { attempt, showFailure } from '../../workspace/toasts.ts';
import { ask } from './ask.ts';
import { branchOf } from './branch.ts';
import { Composer } from './Composer.tsx';
import { useConversation } from './live-conversation.ts';
import { MessageList } from './MessageList.tsx';
import './chats.css';

/** One chat, or the beginning of one. `welcome` is what a new chat shows. */
export function ChatScreen({
  conversationId,
  welcome,
}: {
  conversationId: string | null;
  welcome: ReactNode;
}) {
  return conversationId === null ? (
    <NewChat welcome={welcome} />
  ) : (
    <ExistingChat key={conversationId} conversationId={conversationId} />
  );
}

function NewChat({ welcome }: { welcome: ReactNode }) {
  const [sourceIds, setSourceIds] = useState<string[] | null>(null);
  const [asked, setAsked] = useState<string | null>(null);
  const send = async (text: string): Promise<boolean> => {
    setAsked(text);
    const isSent = await settled(ask({ conversationId: null, parentId: null, text, sourceIds }));
    setAsked(null);
    return isSent;
  };
  return (
    <div className="chat">
      <div className="chat-scroller">
        {asked === null ? (
          <div className="chat-welcome">{welcome}</div>
        ) : (
          <div className="chat-column">
            <p className="question">{asked}</p>
          </div>
        )}
      </div>
      <ChatComposer
        conversationId={null}
        isAnswering={false}
        sourceIds={sourceIds}
        onScope={setSourceIds}
        onSend={send}
      />
    </div>
  );
}

function ExistingChat({ conversationId }: { conversationId: string }) {
  const { value, failure } = useConversation(conversationId);
  const [sentCount, setSentCount] = useState(0);
  const conversation = value?.conversation;
  if (!conversation) {
    return (
      <div className="chat">
        <div className="chat-scroller">
          <div className="chat-column">
            {failure ? (
              <UnknownChat title={failure.title} detail={failure.detail} />
            ) : (
              <Skeleton label="Opening the chat" />
            )}
          </div>
        </div>
      </div>
    );
  }
  const branch = branchOf(conversation.messages, conversation.activeMessageId);
  const send = async (text: string): Promise<boolean> => {
    setSentCount((count) => count + 1);
    const parentId = branch.at(-1)?.id ?? null;
    return settled(ask({ conversationId, parentId, text, sourceIds: null }));
  };
  return (
    <div className="chat">
      <MessageList conversation={conversation} branch={branch} phases={value.phases} sentCount={sentCount} />
      <ChatComposer
        conversationId={conversationId}
        isAnswering={conversation.isAnswering}
        sourceIds={conversation.sourceIds}
        onScope={(sourceIds) => attempt(alcove.conversations.setSources({ conversationId, sourceIds }))}
        onSend={send}
      />
    </div>
  );
}

function UnknownChat({ title, detail }: { title: string; detail: string }) {
  const start = (): void => goTo({ view: 'chat', conversationId: null });
  return (
    <Notice tone="failure" title={title} actions={<Button onClick={start}>Start a new chat</Button>}>
      {detail}
    </Notice>
  );
}

function ChatComposer(props: {
  conversationId: string | null;
  isAnswering: boolean;
  sourceIds: string[] | null;
  onScope: (sourceIds: string[] | null) => void;
  onSend: (text: string) => Promise<boolean>;
}) {
  const knowledge = useLive(liveKnowledge).value;
  const models = useLive(liveModels).value;
  const sendsWithEnter = useLive(liveSettings).value?.sendWithEnter ?? true;
  const chatModel = models?.models.find((model) => model.role === 'chat' && model.isDefault);
  const stop = (): void => {
    if (props.conversationId !== null)
      attempt(alcove.conversations.stop({ conversationId: props.conversationId }));
  };
  return (
    <Composer
      key={props.conversationId}
      {...props}
      knowledge={knowledge}
      modelName={models ? (chatModel?.name ?? null) : undefined}
      sendsWithEnter={sendsWithEnter}
      onStop={stop}
    />
  );
}

/** True when it worked; otherwise the reason is shown. */
async function settled(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    showFailure(error);
    return false;
  }
}
