// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// From the text of a schema to nodes: every keyword's value is held against what it may be, and every $ref is
// followed within the schema itself. Private to the module.

#pragma once

#include <QtCore/qurl.h>

#include <schema/compiled.h>

namespace claimcheck::schema {

class Reader
{
public:
    Reader(json::Document document, Draft draft);

    Result<Compiled> read();

private:
    using Value = json::Value;
    struct Keyword
    {
        const char* name;
        Draft since;
        void (*read)(Reader& reader, Node& node, const Value& value);
    };
    struct Reference
    {
        NodeId node;
        Value value; ///< of `$ref`
        QUrl target;
    };
    struct Place
    {
        Value value;
        QUrl base;
    };

    static const Keyword keywords[];

    NodeId add(const Value& value, const QUrl& base);
    void readObject(NodeId id, const Value& value, const QUrl& around);
    QUrl baseOf(const Value& value, const QUrl& around) const;
    void follow(const Reference& reference);
    std::optional<Place> placeOf(const QUrl& target) const;
    void reject(const Value& value, const std::string& why, ErrorKind kind = ErrorKind::Malformed);

    NodeId schema(const Value& value) { return add(value, m_base); }
    void schemas(std::vector<NodeId>& into, const Value& value);
    void number(std::optional<Decimal>& into, const Value& value);
    void size(std::optional<std::uint64_t>& into, const Value& value);
    std::vector<std::string> names(const Value& value);
    std::optional<Pattern> readPattern(const Value& at, const std::string& text);
    std::vector<json::Member> members(const Value& value);
    bool truth(const Value& value);
    void step(Node& node, const Value& value);
    void pattern(std::optional<Pattern>& into, const Value& value);
    void type(Node& node, const Value& value);
    void choices(Node& node, const Value& value);
    void items(Node& node, const Value& value);
    void exclusive(std::optional<Decimal>& limit, std::optional<Decimal>& exclusive, const Value& value);
    void properties(Node& node, const Value& value);
    void patternProperties(Node& node, const Value& value);
    void dependencies(Node& node, const Value& value);
    void definitions(Node& node, const Value& value);

    json::Document m_document;
    Draft m_draft;
    QUrl m_base; ///< of the schema whose keywords are being read
    std::vector<Node> m_nodes;
    std::map<std::size_t, NodeId> m_known; ///< by place in the text
    std::map<QString, Place> m_resources;  ///< by $id
    std::vector<Reference> m_references;
    std::optional<Error> m_error;
};

} // namespace claimcheck::schema
