import { lazy, Suspense } from 'react';
import { useStore } from '../client/store.ts';
import { ErrorBoundary } from '../components/ErrorBoundary.tsx';
import { Skeleton } from '../components/Skeleton.tsx';
import { TooltipProvider } from '../components/Tooltip.tsx';
import { ChatScreen } from '../features/chats/ChatScreen.tsx';
import { Welcome } from '../features/onboarding/Welcome.tsx';
import { formatRoute, route, type Route } from '../workspace/route.ts';
import { isPickingFolder } from '../workspace/add-folder.ts';
import { DropTarget } from './DropTarget.tsx';
import { KnowledgeScreen, ModelsScreen, Palette, SettingsScreen } from './later-parts.ts';
import { isPaletteOpen } from './palette-state.ts';
import { Shell } from './Shell.tsx';
import { Toasts } from './Toasts.tsx';
import { useCommands } from './use-commands.ts';
import { useReadyMark } from './use-ready-mark.ts';
import { useThemeSetting } from './use-theme-setting.ts';

const FolderPicker = lazy(() => import('../features/onboarding/FolderPicker.tsx'));

const tooltipDelayMs = 500;

export function App() {
  const shown = useStore(route);
  const hasPalette = useStore(isPaletteOpen);
  const hasPicker = useStore(isPickingFolder);
  useThemeSetting();
  useCommands();
  useReadyMark();
  return (
    <TooltipProvider delayDuration={tooltipDelayMs}>
      <Shell>
        <ErrorBoundary name="This page" resetKey={formatRoute(shown)}>
          <Suspense fallback={<Skeleton label="Opening" />}>
            <Screen shown={shown} />
          </Suspense>
        </ErrorBoundary>
      </Shell>
      <Suspense fallback={null}>
        {hasPalette && <Palette onClose={() => isPaletteOpen.set(false)} />}
        {hasPicker && <FolderPicker onClose={() => isPickingFolder.set(false)} />}
      </Suspense>
      <DropTarget />
      <Toasts />
    </TooltipProvider>
  );
}

function Screen({ shown }: { shown: Route }) {
  switch (shown.view) {
    case 'chat':
      return <ChatScreen conversationId={shown.conversationId} welcome={<Welcome />} />;
    case 'knowledge':
      return <KnowledgeScreen sourceId={shown.sourceId} />;
    case 'models':
      return <ModelsScreen />;
    case 'settings':
      return <SettingsScreen />;
  }
}
