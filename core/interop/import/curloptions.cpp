// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//

#include <interop/import/curloptions.h>

#include <algorithm>
#include <array>

#include <base/text.h>
#include <json/document.h>

namespace claimcheck::interop {
namespace {

/// Long options with a value, curl 8 (its manual page).
constexpr std::string_view valued =
    " abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout "
    "connect-to "
    "continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary data-raw "
    "data-urlencode delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header ech "
    "egd-file engine etag-compare etag-save expect100-timeout form form-string ftp-account "
    "ftp-alternative-to-user "
    "ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header hostpubmd5 "
    "hostpubsha256 hsts interface ip-tos ipfs-gateway json keepalive-cnt keepalive-time key key-type krb "
    "libcurl "
    "limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time "
    "netrc-file "
    "noproxy oauth2-bearer output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default "
    "proto-redir "
    "proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile proxy-header "
    "proxy-key "
    "proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype "
    "proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote random-file range rate referer request "
    "request-target resolve retry retry-delay retry-max-time sasl-authzid service-name socks4 socks4a socks5 "
    "socks5-gssapi-service socks5-hostname speed-limit speed-time stderr telnet-option tftp-blksize "
    "time-cond "
    "tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii trace-config unix-socket "
    "upload-file "
    "upload-flags url url-query user user-agent variable vlan-priority write-out ";

constexpr std::string_view flags =
    " anyauth append basic ca-native cert-status compressed compressed-ssh create-dirs crlf digest disable "
    "disable-eprt disable-epsv disallow-username-in-url doh-cert-status doh-insecure fail fail-early "
    "fail-with-body "
    "false-start form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control "
    "get "
    "globoff haproxy-protocol head help http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only "
    "ignore-content-length include insecure ipv4 ipv6 junk-session-cookies keepalive list-only location "
    "location-trusted mail-rcpt-allowfails manual metalink negotiate netrc netrc-optional next no-alpn "
    "no-buffer "
    "no-clobber no-keepalive no-npn no-progress-meter no-sessionid ntlm ntlm-wb parallel parallel-immediate "
    "path-as-is "
    "post301 post302 post303 progress-bar progress-meter proxy-anyauth proxy-basic proxy-ca-native "
    "proxy-digest "
    "proxy-http2 proxy-insecure proxy-negotiate proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert "
    "proxy-tlsv1 proxytunnel raw remote-header-name remote-name remote-name-all remote-time remove-on-error "
    "retry-all-errors retry-connrefused show-error show-headers silent skip-existing socks5-basic "
    "socks5-gssapi "
    "socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd "
    "ssl-revoke-best-effort sslv2 "
    "sslv3 styled-output suppress-connect-headers tcp-fastopen tcp-nodelay tftp-no-options tlsv1 tlsv1.0 "
    "tlsv1.1 "
    "tlsv1.2 tlsv1.3 tr-encoding trace-ids trace-time use-ascii verbose version xattr ";

struct Short
{
    char letter;
    const char* name;
};

constexpr std::array<Short, 58> shorts{{
    {'a', "append"},
    {'A', "user-agent"},
    {'b', "cookie"},
    {'B', "use-ascii"},
    {'c', "cookie-jar"},
    {'C', "continue-at"},
    {'d', "data"},
    {'D', "dump-header"},
    {'e', "referer"},
    {'E', "cert"},
    {'f', "fail"},
    {'F', "form"},
    {'g', "globoff"},
    {'G', "get"},
    {'h', "help"},
    {'H', "header"},
    {'i', "include"},
    {'I', "head"},
    {'j', "junk-session-cookies"},
    {'J', "remote-header-name"},
    {'k', "insecure"},
    {'K', "config"},
    {'l', "list-only"},
    {'L', "location"},
    {'m', "max-time"},
    {'M', "manual"},
    {'n', "netrc"},
    {'N', "no-buffer"},
    {'o', "output"},
    {'O', "remote-name"},
    {'p', "proxytunnel"},
    {'P', "ftp-port"},
    {'q', "disable"},
    {'Q', "quote"},
    {'r', "range"},
    {'R', "remote-time"},
    {'s', "silent"},
    {'S', "show-error"},
    {'t', "telnet-option"},
    {'T', "upload-file"},
    {'u', "user"},
    {'U', "proxy-user"},
    {'v', "verbose"},
    {'V', "version"},
    {'w', "write-out"},
    {'x', "proxy"},
    {'X', "request"},
    {'y', "speed-time"},
    {'Y', "speed-limit"},
    {'z', "time-cond"},
    {'Z', "parallel"},
    {'#', "progress-bar"},
    {'0', "http1.0"},
    {'1', "tlsv1"},
    {'4', "ipv4"},
    {'6', "ipv6"},
    {':', "next"},
    {'2', "sslv2"},
}};

bool isIn(std::string_view list, std::string_view name)
{
    std::string word = " ";
    word.append(name).append(" ");
    return !name.empty() && name.find(' ') == std::string_view::npos &&
           list.find(word) != std::string_view::npos;
}

/// The one name that begins so, as curl lets options be cut short.
std::string completed(std::string_view name)
{
    if (isIn(valued, name) || isIn(flags, name) || name.size() < 3)
        return std::string(name);
    std::string found;
    for (const std::string_view list : {valued, flags}) {
        const std::string start = " " + std::string(name);
        for (std::size_t at = list.find(start); at != std::string_view::npos; at = list.find(start, at + 1)) {
            if (!found.empty())
                return std::string(name);
            found = list.substr(at + 1, list.find(' ', at + 1) - at - 1);
        }
    }
    return found.empty() ? std::string(name) : found;
}

class OptionReader
{
public:
    OptionReader(const ShellCommand& command, std::string_view source)
        : m_words(command.words), m_source(source)
    {}

    Result<std::vector<CurlOption>> read()
    {
        for (m_index = 1; m_index < m_words.size() && !m_error; ++m_index) {
            const std::string& text = m_words[m_index].text;
            if (m_onlyUrls || text.size() < 2 || text[0] != '-')
                add("url", text);
            else if (text == "--")
                m_onlyUrls = true;
            else if (text[1] == '-')
                longOption(text.substr(2));
            else
                cluster(text);
        }
        if (m_error)
            return tl::unexpected(*m_error);
        return std::move(m_options);
    }

private:
    void add(std::string name, std::string value, bool isUnknown = false)
    {
        m_options.push_back({std::move(name), std::move(value), m_words[m_index].offset, isUnknown});
    }

    void longOption(const std::string& text)
    {
        const std::size_t equals = text.find('=');
        const std::string name = completed(text.substr(0, equals));
        if (isIn(valued, name))
            return equals == std::string::npos ? takeNext(name) : add(name, text.substr(equals + 1));
        const bool isNegated = name.starts_with("no-") && isIn(flags, name.substr(3));
        add(name, {}, !isIn(flags, name) && !isNegated);
    }

    /// -fsSL -XPOST -d x: letters, the first one with a value takes the rest or the next word.
    void cluster(const std::string& text)
    {
        for (std::size_t i = 1; i < text.size() && !m_error; ++i) {
            const auto found = std::find_if(shorts.begin(), shorts.end(),
                                            [&](const Short& each) { return each.letter == text[i]; });
            if (found == shorts.end()) {
                add(std::string("-") + text[i], {}, true);
                continue;
            }
            if (!isIn(valued, found->name)) {
                add(found->name, {});
                continue;
            }
            return i + 1 < text.size() ? add(found->name, text.substr(i + 1)) : takeNext(found->name);
        }
    }

    void takeNext(const std::string& name)
    {
        if (m_index + 1 >= m_words.size()) {
            m_error = Error{ErrorKind::Malformed, "cannot read this command line",
                            "the option --" + name + " needs a value", "copy the whole line",
                            json::positionOf(m_source, m_words[m_index].offset)};
            return;
        }
        ++m_index;
        add(name, m_words[m_index].text);
    }

    const std::vector<ShellWord>& m_words;
    std::string_view m_source;
    std::vector<CurlOption> m_options;
    std::optional<Error> m_error;
    std::size_t m_index = 1;
    bool m_onlyUrls = false;
};

} // namespace

Result<std::vector<CurlOption>> curlOptions(const ShellCommand& command, std::string_view source)
{
    return OptionReader(command, source).read();
}

} // namespace claimcheck::interop
