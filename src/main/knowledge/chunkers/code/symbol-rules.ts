import type { GrammarName } from './syntax.ts';

/** What a syntax node means for the outline of a file. */
export type SymbolRule =
  /** A symbol; with `members` it is opened when it is long, and its name qualifies theirs. */
  | { role: 'symbol'; kind: string; members?: boolean }
  /** Belongs to the symbol inside it: an export, a decorated definition, a template, a declaration. */
  | { role: 'wrapper' }
  /** Has symbols inside but is none: a namespace, a conditional of the preprocessor. Opened when it is long. */
  | { role: 'group' }
  /** Stands before the symbol it speaks of: a comment, a decorator, an attribute. */
  | { role: 'leading' };

type Rules = Readonly<Record<string, SymbolRule>>;

const wrapper: SymbolRule = { role: 'wrapper' };
const group: SymbolRule = { role: 'group' };
const leading: SymbolRule = { role: 'leading' };

function symbol(kind: string): SymbolRule {
  return { role: 'symbol', kind };
}

function owner(kind: string): SymbolRule {
  return { role: 'symbol', kind, members: true };
}

const javascript: Rules = {
  comment: leading,
  decorator: leading,
  export_statement: wrapper,
  expression_statement: wrapper,
  lexical_declaration: wrapper,
  variable_declaration: wrapper,
  variable_declarator: symbol('constant'),
  assignment_expression: symbol('function'),
  function_declaration: symbol('function'),
  generator_function_declaration: symbol('function'),
  class_declaration: owner('class'),
  class: owner('class'),
  method_definition: symbol('method'),
};

const typescript: Rules = {
  ...javascript,
  ambient_declaration: wrapper,
  abstract_class_declaration: owner('class'),
  abstract_method_signature: symbol('method'),
  method_signature: symbol('method'),
  function_signature: symbol('function'),
  interface_declaration: owner('interface'),
  type_alias_declaration: symbol('type'),
  enum_declaration: symbol('enum'),
  internal_module: group,
  module: group,
};

const python: Rules = {
  comment: leading,
  decorated_definition: wrapper,
  function_definition: symbol('function'),
  class_definition: owner('class'),
};

const go: Rules = {
  comment: leading,
  function_declaration: symbol('function'),
  method_declaration: symbol('method'),
  type_declaration: wrapper,
  type_spec: symbol('type'),
  type_alias: symbol('type'),
};

const rust: Rules = {
  line_comment: leading,
  block_comment: leading,
  attribute_item: leading,
  function_item: symbol('function'),
  function_signature_item: symbol('function'),
  struct_item: symbol('struct'),
  enum_item: symbol('enum'),
  union_item: symbol('union'),
  type_item: symbol('type'),
  macro_definition: symbol('macro'),
  trait_item: owner('trait'),
  impl_item: owner('impl'),
  mod_item: group,
  foreign_mod_item: group,
};

const java: Rules = {
  line_comment: leading,
  block_comment: leading,
  class_declaration: owner('class'),
  interface_declaration: owner('interface'),
  record_declaration: owner('record'),
  enum_declaration: owner('enum'),
  enum_body_declarations: group,
  annotation_type_declaration: symbol('annotation'),
  method_declaration: symbol('method'),
  constructor_declaration: symbol('constructor'),
  compact_constructor_declaration: symbol('constructor'),
};

const cpp: Rules = {
  comment: leading,
  function_definition: symbol('function'),
  template_declaration: wrapper,
  type_definition: wrapper,
  class_specifier: owner('class'),
  struct_specifier: owner('struct'),
  union_specifier: symbol('union'),
  enum_specifier: symbol('enum'),
  preproc_function_def: symbol('macro'),
  alias_declaration: symbol('type'),
  namespace_definition: group,
  linkage_specification: group,
  preproc_ifdef: group,
  preproc_if: group,
  preproc_else: group,
  preproc_elif: group,
};

const csharp: Rules = {
  comment: leading,
  namespace_declaration: group,
  class_declaration: owner('class'),
  struct_declaration: owner('struct'),
  interface_declaration: owner('interface'),
  record_declaration: owner('record'),
  enum_declaration: symbol('enum'),
  delegate_declaration: symbol('delegate'),
  method_declaration: symbol('method'),
  constructor_declaration: symbol('constructor'),
  property_declaration: symbol('property'),
};

const ruby: Rules = {
  comment: leading,
  module: owner('module'),
  class: owner('class'),
  method: symbol('method'),
  singleton_method: symbol('method'),
};

const php: Rules = {
  comment: leading,
  namespace_definition: group,
  class_declaration: owner('class'),
  interface_declaration: owner('interface'),
  trait_declaration: owner('trait'),
  enum_declaration: owner('enum'),
  method_declaration: symbol('method'),
  function_definition: symbol('function'),
};

const bash: Rules = { comment: leading, function_definition: symbol('function') };

/** The outline rules of each grammar, by syntax node type. Adding a language is one entry. */
export const symbolRules: Readonly<Record<GrammarName, Rules>> = {
  bash,
  cpp,
  go,
  java,
  javascript,
  php,
  python,
  ruby,
  rust,
  typescript,
  'c-sharp': csharp,
  tsx: typescript,
};
