import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { connection, queryClient } from './client/alcove.ts';
import { currentDoor } from './client/doors.ts';
import { followAddress } from './workspace/route.ts';
import { applyRememberedTheme } from './workspace/theme.ts';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/forced-colors.css';

applyRememberedTheme();
followAddress();
document.documentElement.dataset.door = window.alcove ? 'window' : 'browser';
connection.use(currentDoor());

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
}
