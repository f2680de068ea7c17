import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { addModel } from '../../workspace/add-model.ts';
import '../../components/field.css';

/** Adds a GGUF file by its path, where there is no file dialog. */
export function ModelPathField() {
  const [path, setPath] = useState('');
  const add = async (): Promise<void> => {
    if (path.trim() !== '' && (await addModel(path.trim()))) setPath('');
  };
  return (
    <form
      className="model-path"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <input
        className="field code"
        aria-label="Path of a GGUF file"
        placeholder="Path of a GGUF file on this computer"
        spellCheck={false}
        value={path}
        onChange={(event) => setPath(event.target.value)}
      />
      <Button tone="primary" type="submit" disabled={path.trim() === ''}>
        Add
      </Button>
    </form>
  );
}
