import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isObjectType,
  isRequiredArgument,
  type OperationTypeNode,
} from 'graphql';

export type OperationKind = 'query' | 'mutation' | 'subscription';

/** An argument of a field below the root, given by a variable of the operation. */
export interface NestedArgument {
  /** `Conversation.messages` */
  owner: string;
  variable: string;
  argument: GraphQLArgument;
}

export interface Operation {
  document: string;
  nested: NestedArgument[];
}

export const rootOf = (schema: GraphQLSchema, kind: OperationKind): GraphQLObjectType =>
  schema.getRootType(kind as OperationTypeNode) as GraphQLObjectType;

/** Operations made from a schema, and the coordinates of all fields that they select so far. */
export function createOperations(schema: GraphQLSchema) {
  const selected = new Set<string>();
  return {
    selected: selected as ReadonlySet<string>,

    /** One operation for one field of a root type, which selects all there is; all arguments are variables. */
    operation(kind: OperationKind, name: string): Operation {
      const root = rootOf(schema, kind);
      const field = root.getFields()[name];
      if (field === undefined) throw new Error(`Expected ${root.name}.${name}.`);
      const variables = new Map<string, GraphQLArgument>();
      const nested = new Map<string, NestedArgument>();

      const take = (
        type: GraphQLObjectType,
        { name: taken, args }: GraphQLField<unknown, unknown>,
        variableOf: (argument: GraphQLArgument) => string,
      ): string => {
        selected.add(`${type.name}.${taken}`);
        for (const argument of args) variables.set(variableOf(argument), argument);
        const given = args.map((argument) => `${argument.name}: $${variableOf(argument)}`).join(', ');
        return `${taken}${given && `(${given})`}`;
      };
      const takeBelow = (type: GraphQLObjectType, below: GraphQLField<unknown, unknown>): string =>
        take(type, below, (argument) => {
          const variable = `${type.name}_${below.name}_${argument.name}`;
          nested.set(variable, { owner: `${type.name}.${below.name}`, variable, argument });
          return variable;
        });
      /**
       * Every field of a type and of all below it. A type that is on the path already is not gone into again: of it
       * only the fields without a selection of their own are taken, such as its id.
       */
      const selectionOf = (type: GraphQLObjectType, path: readonly GraphQLObjectType[] = []): string => {
        const fields = Object.values(type.getFields()).map((one) => {
          const below = getNamedType(one.type);
          if (!isObjectType(below)) return takeBelow(type, one);
          if (path.includes(type)) return '';
          const selection = selectionOf(below, [...path, type]);
          return selection === '' ? '' : `${takeBelow(type, one)} { ${selection} }`;
        });
        return fields.filter((text) => text !== '').join(' ');
      };

      const type = getNamedType(field.type);
      const below = isObjectType(type) ? ` { ${selectionOf(type)} }` : '';
      const selection = `${take(root, field, (argument) => argument.name)}${below}`;
      const head = [...variables].map(([variable, argument]) => `$${variable}: ${declared(argument)}`);
      return {
        document: `${kind} ${head.length > 0 ? `(${head.join(', ')})` : ''} { ${selection} }`,
        nested: [...nested.values()],
      };
    },
  };
}

/** What has a default may be left out. */
const declared = (argument: GraphQLArgument): string =>
  String(isRequiredArgument(argument) ? argument.type : getNullableType(argument.type));
