// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <base/text.h>
#include <store/yamlbuilder.h>

namespace claimcheck::store {
namespace {

constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

struct DiagCloser
{
    void operator()(fy_diag* diag) const { fy_diag_destroy(diag); }
};
struct ParserCloser
{
    void operator()(fy_parser* parser) const { fy_parser_destroy(parser); }
};
using Diag = std::unique_ptr<fy_diag, DiagCloser>;
using Parser = std::unique_ptr<fy_parser, ParserCloser>;

Diag makeDiag()
{
    fy_diag_cfg config;
    fy_diag_cfg_default(&config);
    config.fp = nullptr;
    Diag diag(fy_diag_create(&config));
    if (diag)
        fy_diag_set_collect_errors(diag.get(), true);
    return diag;
}

Parser makeParser(fy_diag* diag)
{
    fy_parse_cfg config = {};
    config.search_path = "";
    config.diag = diag;
    config.flags = static_cast<fy_parse_cfg_flags>(FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_JSON_NONE |
                                                   FYPCF_DEFAULT_VERSION_1_2);
    return Parser(fy_parser_create(&config));
}

Error malformed(const YamlTree& tree, std::string why, const Position& where)
{
    return {ErrorKind::Malformed, "cannot read " + visible(tree.fileName), std::move(why),
            "correct the file in a text editor", where};
}

/// What libfyaml found first, else where it stopped.
Error firstError(const YamlTree& tree, fy_diag* diag)
{
    void* iterator = nullptr;
    const fy_diag_error* error = fy_diag_errors_iterate(diag, &iterator);
    if (!error)
        return malformed(tree, "it is not valid YAML", placeIn(tree, tree.source.size()));
    Position where{tree.fileName, 0, 0, 0};
    where.line = static_cast<std::size_t>(std::max(error->line, 1));
    where.column = static_cast<std::size_t>(std::max(error->column, 1));
    std::size_t lineStart = 0;
    for (std::size_t line = 1; line < where.line && lineStart != std::string::npos; ++line)
        lineStart = tree.source.find('\n', lineStart) + 1;
    where.offset = std::min(lineStart + where.column - 1, tree.source.size());
    return malformed(tree, error->msg ? visible(error->msg) : "it is not valid YAML", where);
}

/// libfyaml reads a flow collection to its end before it hands out its first event, at some 350 bytes a
/// token, and directives in quadratic time: both are bounded before it sees them.
std::optional<Error> checkCost(const YamlTree& tree)
{
    constexpr std::size_t maximumMarks = 1'000'000;
    constexpr std::size_t maximumDirectives = 1024; // bytes
    std::size_t marks = 0;
    std::size_t directives = 0;
    bool inDirective = false;
    for (std::size_t i = 0; i < tree.source.size(); ++i) {
        const char c = tree.source[i];
        if (i == 0 || tree.source[i - 1] == '\n' || tree.source[i - 1] == '\r')
            inDirective = c == '%';
        if ((c == '[' || c == '{' || c == ',' || c == '?') && ++marks > maximumMarks)
            return Error{ErrorKind::TooLarge, "cannot read " + visible(tree.fileName),
                         "it holds more than a million brackets and commas", "split the file",
                         placeIn(tree, i)};
        if (inDirective && ++directives > maximumDirectives)
            return malformed(tree, "its lines that start with % are no directives of YAML", placeIn(tree, i));
    }
    return std::nullopt;
}

/// c-printable (YAML 1.2 §5.1), of which libfyaml checks only a part.
std::optional<Error> checkText(const YamlTree& tree, const StoreLimits& limits)
{
    if (tree.source.size() > limits.bytes)
        return Error{ErrorKind::TooLarge, "cannot read " + visible(tree.fileName),
                     "it is larger than " + formatSize(limits.bytes), "split the file"};
    if (const auto offset = firstInvalidUtf8(tree.source))
        return malformed(tree, "it is not UTF-8 text", placeIn(tree, *offset));
    for (std::size_t i = 0; i < tree.source.size(); ++i) {
        const auto byte = static_cast<unsigned char>(tree.source[i]);
        if ((byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7F)
            return malformed(tree, "it holds the control character " + visible(tree.source.substr(i, 1)),
                             placeIn(tree, i));
    }
    return std::nullopt;
}

std::optional<Error> readEvents(YamlTree& tree, const StoreLimits& limits)
{
    const Diag diag = makeDiag();
    const Parser parser = diag ? makeParser(diag.get()) : nullptr;
    if (!parser || fy_parser_set_string(parser.get(), tree.source.data(), tree.source.size()) != 0)
        return Error{ErrorKind::Internal,
                     "cannot read " + visible(tree.fileName),
                     "the YAML reader does not start",
                     {}};
    YamlBuilder builder(tree, limits);
    std::optional<Error> error;
    while (fy_event* event = error ? nullptr : fy_parser_parse(parser.get())) {
        error = builder.take(*event);
        fy_parser_event_free(parser.get(), event);
    }
    if (!error && fy_parser_get_stream_error(parser.get()))
        error = firstError(tree, diag.get());
    return error;
}

} // namespace

Result<std::unique_ptr<const YamlTree>> parseYaml(std::string source, const std::string& fileName,
                                                  const StoreLimits& limits)
{
    auto tree = std::make_unique<YamlTree>();
    tree->hasByteOrderMark = source.starts_with(byteOrderMark);
    tree->source = tree->hasByteOrderMark ? source.substr(byteOrderMark.size()) : std::move(source);
    tree->fileName = fileName;
    if (auto error = checkText(*tree, limits))
        return tl::unexpected(*std::move(error));
    if (auto error = checkCost(*tree))
        return tl::unexpected(*std::move(error));
    if (auto error = readEvents(*tree, limits))
        return tl::unexpected(*std::move(error));
    if (tree->nodes.empty())
        tree->nodes.emplace_back();
    return tree;
}

} // namespace claimcheck::store
