#include "CYaml.h"

#include <stdio.h>

int hooks_yaml_load(const unsigned char *text, size_t size, yaml_document_t *document, char *problem,
                    size_t problem_size, size_t *line) {
    yaml_parser_t parser;
    if (!yaml_parser_initialize(&parser)) return 0;
    yaml_parser_set_input_string(&parser, text, size);
    int loaded = yaml_parser_load(&parser, document);
    if (!loaded) {
        snprintf(problem, problem_size, "%s", parser.problem ? parser.problem : "it cannot be read");
        *line = parser.problem_mark.line + 1;
    }
    yaml_parser_delete(&parser);
    return loaded;
}

int hooks_yaml_kind(const yaml_node_t *node) { return (int)node->type; }

const char *hooks_yaml_tag(const yaml_node_t *node) { return (const char *)node->tag; }

const char *hooks_yaml_text(const yaml_node_t *node, size_t *length, int *is_plain) {
    *length = node->data.scalar.length;
    *is_plain = node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    return (const char *)node->data.scalar.value;
}

size_t hooks_yaml_count(const yaml_node_t *node) {
    if (node->type == YAML_SEQUENCE_NODE)
        return (size_t)(node->data.sequence.items.top - node->data.sequence.items.start);
    if (node->type == YAML_MAPPING_NODE)
        return (size_t)(node->data.mapping.pairs.top - node->data.mapping.pairs.start);
    return 0;
}

int hooks_yaml_item(const yaml_node_t *node, size_t position) {
    return node->data.sequence.items.start[position];
}

int hooks_yaml_key(const yaml_node_t *node, size_t position) {
    return node->data.mapping.pairs.start[position].key;
}

int hooks_yaml_value(const yaml_node_t *node, size_t position) {
    return node->data.mapping.pairs.start[position].value;
}
