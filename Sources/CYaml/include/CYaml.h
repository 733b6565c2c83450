/// libyaml, as Debian's `libyaml-dev` installs it.
#ifndef HOOKS_CYAML_H
#define HOOKS_CYAML_H

#include <yaml.h>

/// Reads the first document of a text. On failure 0, and what is wrong with the line, from 1, at which it is seen.
int hooks_yaml_load(const unsigned char *text, size_t size, yaml_document_t *document, char *problem,
                    size_t problem_size, size_t *line);

/// The kind of a node, its tag, its text, and the positions of what it holds; 0 stands for no node.
int hooks_yaml_kind(const yaml_node_t *node);
const char *hooks_yaml_tag(const yaml_node_t *node);
const char *hooks_yaml_text(const yaml_node_t *node, size_t *length, int *is_plain);
size_t hooks_yaml_count(const yaml_node_t *node);
int hooks_yaml_item(const yaml_node_t *node, size_t position);
int hooks_yaml_key(const yaml_node_t *node, size_t position);
int hooks_yaml_value(const yaml_node_t *node, size_t position);

#endif
