import { FolderDown } from 'lucide-react';
import { useEffect, useState } from 'react';
import { acceptDrop, carriesFiles, describeDrag } from './accept-drop.ts';
import './drop-target.css';

/** Makes the whole window take folders and model files, and shows it while something is held over it. */
export function DropTarget() {
  const [words, setWords] = useState<string | null>(null);
  useEffect(() => followDrags(setWords), []);
  if (words === null) return null;
  return (
    <div className="drop-target" role="status">
      <div className="drop-target-card">
        <FolderDown aria-hidden />
        <p>{words}</p>
        <p className="muted drop-target-note">A folder is read where it is. A GGUF file joins your models.</p>
      </div>
    </div>
  );
}

function followDrags(show: (words: string | null) => void): () => void {
  // Entering a child comes before leaving its parent, so the depth is zero only outside the window.
  let depth = 0;
  const on = {
    dragenter: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth += 1;
      show(describeDrag(event.dataTransfer));
    },
    dragover: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    },
    dragleave: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) show(null);
    },
    drop: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      show(null);
      if (event.dataTransfer) void acceptDrop(event.dataTransfer);
    },
  };
  const listening = new AbortController();
  const { signal } = listening;
  window.addEventListener('dragenter', on.dragenter, { signal });
  window.addEventListener('dragover', on.dragover, { signal });
  window.addEventListener('dragleave', on.dragleave, { signal });
  window.addEventListener('drop', on.drop, { signal });
  return () => listening.abort();
}
