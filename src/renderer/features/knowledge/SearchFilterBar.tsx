import type { SearchFilters, Source } from '@contract/knowledge';
import '../../components/field.css';

const languages = [
  'markdown',
  'typescript',
  'javascript',
  'python',
  'go',
  'rust',
  'java',
  'c',
  'cpp',
  'html',
  'json',
  'csv',
];

/** Narrows a search to a folder, a path pattern or a language. */
export function SearchFilterBar({
  sources,
  filters,
  onChange,
}: {
  sources: readonly Source[];
  filters: SearchFilters;
  onChange: (filters: SearchFilters) => void;
}) {
  const { sourceIds: _sourceIds, ...withoutSource } = filters;
  const { pathGlob: _pathGlob, ...withoutGlob } = filters;
  const { language: _language, ...withoutLanguage } = filters;
  return (
    <div className="filter-bar">
      <select
        className="field"
        aria-label="Folder"
        value={filters.sourceIds?.[0] ?? ''}
        onChange={({ target }) =>
          onChange(target.value === '' ? withoutSource : { ...filters, sourceIds: [target.value] })
        }
      >
        <option value="">All folders</option>
        {sources.map((source) => (
          <option key={source.id} value={source.id}>
            {source.name}
          </option>
        ))}
      </select>
      <input
        className="field code"
        aria-label="Path pattern"
        placeholder="Path, e.g. src/** or *.md"
        spellCheck={false}
        value={filters.pathGlob ?? ''}
        onChange={({ target }) =>
          onChange(target.value === '' ? withoutGlob : { ...filters, pathGlob: target.value })
        }
      />
      <select
        className="field"
        aria-label="Language"
        value={filters.language ?? ''}
        onChange={({ target }) =>
          onChange(target.value === '' ? withoutLanguage : { ...filters, language: target.value })
        }
      >
        <option value="">Any language</option>
        {languages.map((language) => (
          <option key={language}>{language}</option>
        ))}
      </select>
    </div>
  );
}
