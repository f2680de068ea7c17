import { Component, type ReactNode } from 'react';
import { Button } from './Button.tsx';
import { Notice } from './Notice.tsx';

interface Props {
  /** What is inside, as the words of the failure name it: "This chat". */
  name: string;
  /** Changing it gives the children another chance. */
  resetKey?: string;
  children: ReactNode;
}

/** Keeps a defect in one part of the window from taking the rest down. */
export class ErrorBoundary extends Component<Props, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidUpdate(previous: Props): void {
    if (this.state.error !== null && previous.resetKey !== this.props.resetKey)
      this.setState({ error: null });
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children;
    const retry = (): void => this.setState({ error: null });
    return (
      <div className="boundary">
        <Notice
          tone="failure"
          title={`${this.props.name} could not be shown`}
          actions={<Button onClick={retry}>Show it again</Button>}
        >
          The rest of Alcove keeps working and nothing was lost.
        </Notice>
      </div>
    );
  }
}
