import { type ClassType, Directive, Field, Int, ObjectType } from 'type-graphql';
import { PageInfo } from './page-info.ts';
import type { Edge, Page } from './page.ts';
import { DEFAULT_PAGE_SIZE } from './page-window.ts';

/**
 * The types `<Node>Connection` and `<Node>Edge`, to be made once per node. A resolver that returns the connection gives
 * it a `Page` as it comes from `findPage` or a page loader.
 *
 * @param name the node's name in the schema, where it is not that of the class
 */
export function connectionOf<Node extends object>(node: ClassType<Node>, name = node.name): ClassType<Page<Node>> {
  @ObjectType(`${name}Edge`, { description: `A ${name} and its place in a list.` })
  class EdgeOfNode implements Edge<Node> {
    @Field(() => node, { description: `The ${name} at this place.` })
    node!: Node;

    @Field(() => String, { description: 'This place: pass it as `after` or `before` to go on from here.' })
    cursor!: string;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class ConnectionOfNode implements Page<Node> {
    @Field(() => [EdgeOfNode], { description: 'What is on this page, in the order of the list.' })
    edges!: Edge<Node>[];

    @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
    pageInfo!: Page<Node>['pageInfo'];

    count!: () => Promise<number>;

    @Field(() => Int, { description: 'How many there are in the whole list. Computed only when selected.' })
    totalCount(): Promise<number> {
      return this.count();
    }
  }

  return ConnectionOfNode;
}

/** Tells the cost limit of the gateway how much a connection field may return. Goes on every such field. */
export function PagedList(): MethodDecorator & PropertyDecorator {
  return Directive(
    `@listSize(assumedSize: ${DEFAULT_PAGE_SIZE}, slicingArguments: ["first", "last"], sizedFields: ["edges"], requireOneSlicingArgument: false)`,
  ) as MethodDecorator & PropertyDecorator;
}
