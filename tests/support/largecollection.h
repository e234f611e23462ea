// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// A collection of as many requests as are asked for, as a team's grows: services, a folder for each resource,
// requests with headers, JSON bodies, captures and assertions. The same on every machine.

#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace claimcheck::test {

/// The body of a request: some hundred bytes that differ from those of the others.
inline std::string largeBody(std::size_t number)
{
    const std::string id = std::to_string(number);
    std::string body = "      {\n        \"orderId\": \"ORD-" + id +
                       "\",\n        \"customer\": {\"id\": " + id + ", \"name\": \"Customer " + id +
                       "\", \"country\": \"DE\"},\n        \"lines\": [\n";
    for (std::size_t line = 0; line < 5; ++line)
        body += "          {\"sku\": \"SKU-" + std::to_string(number * 7 + line) +
                "\", \"quantity\": " + std::to_string(line + 1) +
                ", \"price\": 19.90, \"text\": \"{{sku}}\"}" + (line < 4 ? ",\n" : "\n");
    return body + "        ]\n      }\n";
}

inline std::string largeRequest(std::size_t number, std::size_t sequence)
{
    const std::string id = std::to_string(number);
    const bool posts = number % 2 == 0;
    std::string text =
        "info:\n  name: " + std::string(posts ? "Create" : "Read") + " order " + id +
        "\n  type: http\n  seq: " + std::to_string(sequence) +
        "\n  tags:\n    - smoke\n    - orders\n\nhttp:\n  method: " + (posts ? "POST" : "GET") +
        "\n  url: \"{{baseUrl}}/v1/orders/" + id + "?page=1&size=50\"\n" +
        "  params:\n    - name: page\n      value: \"1\"\n      type: query\n"
        "    - name: size\n      value: \"50\"\n      type: query\n"
        "  headers:\n    - name: Accept\n      value: application/json\n"
        "    - name: X-Request-Id\n      value: \"{{$guid}}\"\n"
        "    - name: Authorization\n      value: \"{{token}}\"\n";
    if (posts)
        text += "  body:\n    type: json\n    data: |\n" + largeBody(number);
    return text +
           "\nruntime:\n  assertions:\n    - expression: res.status\n      operator: eq\n      value: "
           "\"200\"\n"
           "    - expression: res.body.orderId\n      operator: isDefined\n"
           "    - expression: res.responseTime\n      operator: lt\n      value: \"800\"\n"
           "  actions:\n    - type: set-variable\n      phase: after-response\n      selector:\n"
           "        expression: res.body.orderId\n        method: jsonq\n      variable:\n"
           "        name: orderId\n        scope: runtime\n\nsettings:\n  encodeUrl: true\n  timeout: "
           "5000\n\n"
           "docs: |\n  Orders of the service, number " +
           id + ".\n";
}

/// Requests in folders of `perFolder`, ten folders in a service; no fsync.
inline void writeLargeCollection(const std::filesystem::path& root, std::size_t count,
                                 std::size_t perFolder = 20)
{
    namespace fs = std::filesystem;
    const auto write = [](const fs::path& path, const std::string& text) {
        std::ofstream(path, std::ios::binary) << text;
    };
    fs::create_directories(root / "environments");
    write(root / "opencollection.yml", "opencollection: \"1.0.0\"\n\ninfo:\n  name: Large\n");
    write(root / "environments/local.yml",
          "name: local\nvariables:\n  - name: baseUrl\n    value: http://127.0.0.1:1\n");
    for (std::size_t number = 0; number < count; ++number) {
        const std::size_t folder = number / perFolder;
        const fs::path service = root / ("service-" + std::to_string(folder / 10));
        const fs::path resource = service / ("resource-" + std::to_string(folder));
        if (number % perFolder == 0) {
            fs::create_directories(resource);
            write(resource / "folder.yml", "info:\n  name: Resource " + std::to_string(folder) +
                                               "\n  type: folder\n  seq: " + std::to_string(folder % 10 + 1) +
                                               "\n");
        }
        write(resource / ("request-" + std::to_string(number) + ".yml"),
              largeRequest(number, number % perFolder + 1));
    }
}

} // namespace claimcheck::test
