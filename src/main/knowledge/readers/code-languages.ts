import type { GrammarName } from '../chunkers/code/syntax.ts';

export interface CodeLanguage {
  /** Id of the language, as filters and the viewer use it. */
  id: string;
  extensions: readonly string[];
  fileNames?: readonly string[];
  /** Null: cut by lines. */
  grammar: GrammarName | null;
}

function language(
  id: string,
  extensions: string,
  grammar: GrammarName | null = null,
  fileNames = '',
): CodeLanguage {
  return { id, extensions: words(extensions), fileNames: words(fileNames), grammar };
}

function words(text: string): string[] {
  return text.split(' ').filter((word) => word !== '');
}

/** Programming, markup and configuration languages. Adding one is one line. */
export const codeLanguages: readonly CodeLanguage[] = [
  language('typescript', 'ts mts cts', 'typescript'),
  language('typescript', 'tsx', 'tsx'),
  language('javascript', 'js mjs cjs jsx es6', 'javascript', 'jakefile'),
  language('python', 'py pyi pyw pyx pxd', 'python', 'sconstruct sconscript wscript'),
  language('go', 'go', 'go'),
  language('rust', 'rs', 'rust'),
  language('java', 'java', 'java'),
  language('c', 'c h', 'cpp'),
  language('cpp', 'cc cpp cxx c++ hh hpp hxx h++ ipp inl tpp cu cuh', 'cpp'),
  language('csharp', 'cs csx', 'c-sharp'),
  language('ruby', 'rb rake gemspec ru podspec', 'ruby', 'rakefile gemfile podfile vagrantfile brewfile'),
  language('php', 'php phtml php5', 'php'),
  language(
    'shell',
    'sh bash zsh ksh fish bats',
    'bash',
    'bashrc .bashrc .profile .zshrc .bash_profile pkgbuild',
  ),
  language('powershell', 'ps1 psm1 psd1'),
  language('batch', 'bat cmd'),
  language('kotlin', 'kt kts'),
  language('swift', 'swift'),
  language('scala', 'scala sc sbt'),
  language('groovy', 'groovy gradle', null, 'jenkinsfile'),
  language('dart', 'dart'),
  language('lua', 'lua'),
  language('perl', 'pl pm t'),
  language('r', 'r rmd'),
  language('julia', 'jl'),
  language('haskell', 'hs lhs'),
  language('elixir', 'ex exs'),
  language('erlang', 'erl hrl'),
  language('clojure', 'clj cljs cljc edn'),
  language('ocaml', 'ml mli'),
  language('fsharp', 'fs fsi fsx'),
  language('visual-basic', 'vb vbs bas'),
  language('objective-c', 'mm'),
  language('zig', 'zig'),
  language('nim', 'nim'),
  language('crystal', 'cr'),
  language('fortran', 'f f90 f95 f03 for'),
  language('pascal', 'pas dpr'),
  language('assembly', 'asm s'),
  language('solidity', 'sol'),
  language('lisp', 'lisp lsp el scm rkt'),
  language('vim', 'vim', null, '.vimrc'),
  language('sql', 'sql ddl dml psql'),
  language('graphql', 'graphql gql graphqls'),
  language('protobuf', 'proto thrift'),
  language('css', 'css'),
  language('scss', 'scss sass less styl'),
  language('vue', 'vue'),
  language('svelte', 'svelte astro'),
  language(
    'template',
    'hbs handlebars mustache ejs jinja jinja2 j2 liquid twig erb haml pug jade njk tmpl tpl',
  ),
  language(
    'xml',
    'xml xsd xsl xslt rss atom plist wsdl csproj vbproj fsproj props targets config resx xaml svg',
  ),
  language('yaml', 'yaml yml', null, '.clang-format'),
  language('toml', 'toml', null, 'pipfile cargo.lock poetry.lock'),
  language(
    'ini',
    'ini cfg conf properties env editorconfig desktop service',
    null,
    '.env .editorconfig .npmrc',
  ),
  language(
    'git',
    'gitignore gitattributes',
    null,
    '.gitignore .gitattributes .gitmodules .dockerignore codeowners',
  ),
  language('dockerfile', 'dockerfile', null, 'dockerfile containerfile'),
  language('makefile', 'mk mak', null, 'makefile gnumakefile kbuild'),
  language('cmake', 'cmake', null, 'cmakelists.txt'),
  language('terraform', 'tf tfvars hcl'),
  language('nix', 'nix'),
  language('bazel', 'bzl bazel star', null, 'build workspace'),
  language('just', 'just', null, 'justfile'),
  language('go-module', 'mod sum'),
];
