import type { Node } from 'web-tree-sitter';

const maxNameLength = 120;
const functionValue = /^(arrow_function|function_expression|generator_function|function)$/;

export interface NamedSymbol {
  name: string;
  kind: string;
}

/** Name of a symbol's node, null for one without (an anonymous class, a plain assignment). */
export function nameSymbol(node: Node, kind: string): NamedSymbol | null {
  switch (node.type) {
    case 'variable_declarator':
      return named(node.childForFieldName('name'), kindOfValue(node.childForFieldName('value'), kind));
    case 'assignment_expression':
      return nameAssignment(node);
    case 'impl_item':
      return named(node.childForFieldName('type'), kind);
    case 'method_declaration':
      return nameMethod(node, kind);
    case 'function_definition':
      return named(node.childForFieldName('name') ?? declaredName(node), kind);
    default:
      return named(node.childForFieldName('name') ?? node.childForFieldName('declarator'), kind);
  }
}

function named(node: Node | null, kind: string): NamedSymbol | null {
  if (node === null) return null;
  const name = tidyName(node.text);
  return name === '' ? null : { name, kind };
}

/** `A::b` and `A.prototype.b` as `A.b`, without type parameters; "" for what is no name (a pattern). */
function tidyName(text: string): string {
  const name = text
    .replace(/<.*$/s, '')
    .replaceAll('::', '.')
    .replace(/^(module\.)?exports\./, '')
    .replace('.prototype.', '.')
    .replace(/\s+/g, ' ')
    .trim();
  return /^[{[]/.test(name) || name.length > maxNameLength ? '' : name;
}

function kindOfValue(value: Node | null, kind: string): string {
  if (value === null) return kind;
  if (functionValue.test(value.type)) return 'function';
  return value.type === 'class' ? 'class' : kind;
}

/** `exports.parse = function () {}`: a symbol only when a function or class is assigned. */
function nameAssignment(node: Node): NamedSymbol | null {
  const kind = kindOfValue(node.childForFieldName('right'), '');
  return kind === '' ? null : named(node.childForFieldName('left'), kind);
}

/** Go's methods stand outside their type: `func (s *Server[T]) Close()` is `Server.Close`. */
function nameMethod(node: Node, kind: string): NamedSymbol | null {
  const symbol = named(node.childForFieldName('name'), kind);
  const receiver = node
    .childForFieldName('receiver')
    ?.text.match(/([\p{L}_][\p{L}\p{N}_]*)\s*(?:\[[^\]]*\])?\s*\)$/u);
  if (symbol === null || receiver?.[1] === undefined) return symbol;
  return { name: `${receiver[1]}.${symbol.name}`, kind };
}

/** C and C++ bury the name in declarators: pointer, reference, function, then the name. */
function declaredName(node: Node): Node | null {
  let name = node.childForFieldName('declarator');
  for (let depth = 0; name !== null && depth < 8; depth++) {
    const isReference = name.type === 'reference_declarator';
    const inner: Node | null = isReference ? name.namedChild(0) : name.childForFieldName('declarator');
    if (inner === null) return name;
    name = inner;
  }
  return name;
}
