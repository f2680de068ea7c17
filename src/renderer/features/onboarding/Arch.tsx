/** Alcove's mark: an arch with light inside. */
export function Arch() {
  return (
    <svg className="arch" viewBox="0 0 64 72" aria-hidden>
      <path className="arch-wall" d="M6 70V32a26 26 0 0 1 52 0v38z" />
      <path className="arch-light" d="M17 70V36a15 15 0 0 1 30 0v34z" />
      <path className="arch-floor" d="M2 70h60" />
    </svg>
  );
}
