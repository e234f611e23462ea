// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Keeps what may be kept of every token that an answer or a sign-in, an identity's too, brings a Workbench,
// where the user turned that on: header and claims, after what is secret was cut out of them, and a hash
// under a key that stands in the desktop's keychain alone.

#pragma once

#include <memory>
#include <vector>

#include <QtCore/qobject.h>

#include <archive/tokenhistory.h>
#include <base/latestjob.h>
#include <workbench/workbench.h>

namespace claimcheck::keychain {
struct Entry;
}

namespace claimcheck::workbench {

/// A token as the history has it, but for its hash. Nothing where there is nothing to keep: an opaque token,
/// or one whose header is no JSON.
std::optional<archive::TokenRecord> tokenRecordOf(const inspect::Inspection& inspection);

class TokenHistoryKeeper : public QObject
{
    Q_OBJECT
public:
    explicit TokenHistoryKeeper(Workbench& workbench, QObject* parent = nullptr);
    ~TokenHistoryKeeper() override;

    /// Where the tokens are kept, and where the options are. The folder is made when the first is kept.
    Result<void> open(const std::string& directory, const std::string& configDirectory);
    bool isOn() const { return m_options.isOn; }
    /// Once the keychain gave a key, changed() comes; failed(), and it stays off, where there is none.
    /// Switched off, nothing more is kept; what is there stays.
    void setOn(bool isOn);

    /// Null: there is none yet. As long as nothing was ever kept there is no file.
    archive::TokenHistory* history() const { return m_history.get(); }
    /// All tokens, and the key that their hashes were made with.
    void clear();

Q_SIGNALS:
    void changed();
    void failed(const claimcheck::Error& error);

private:
    void keep(const http::Exchange& exchange, const std::vector<FoundInspection>& tokens,
              const std::string& request);
    void keepCompared(const std::vector<IdentityAnswer>& answers);
    void wantKey();
    void makeKey();
    void takeKey(const Secret& key);
    void giveUp(const Error& error);
    void addWaiting();
    Result<void> openHistory();

    struct Waiting
    {
        archive::TokenRecord record;
        Secret token;
    };
    struct Compared
    {
        http::Exchange exchange;
        std::string request;
    };

    Workbench& m_workbench;
    std::string m_directory;
    std::string m_configDirectory;
    archive::TokenOptions m_options;
    std::unique_ptr<archive::TokenHistory> m_history;
    Secret m_key;
    std::unique_ptr<QObject> m_asking; ///< the keychain
    bool m_isTurningOn = false;
    std::vector<Waiting> m_waiting;   ///< for the key
    std::vector<Compared> m_compared; ///< their tokens are being looked for
    LatestJob<std::vector<std::vector<FoundInspection>>> m_search;
};

} // namespace claimcheck::workbench
