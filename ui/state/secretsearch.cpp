// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <state/secretsearch.h>

#include <QtCore/qfile.h>

#include <base/text.h>
#include <inspect/weaksecrets.h>

namespace claimcheck::ui {
namespace {

constexpr qint64 piece = 64 * 1024;
constexpr int interval = 100; ///< ms between two reports

/// Whole lines: what is behind the last line end waits for the next piece.
bool nextLines(QFile& file, std::string& rest, std::string& words)
{
    words = std::exchange(rest, {});
    while (!file.atEnd() && words.find('\n') == std::string::npos) {
        const QByteArray bytes = file.read(piece);
        if (bytes.isEmpty())
            break;
        words.append(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    }
    const std::size_t end = words.rfind('\n');
    if (file.atEnd() || end == std::string::npos)
        return !words.empty();
    rest = words.substr(end + 1);
    words.resize(end + 1);
    return true;
}

/// The same words, and how many bytes of them were handed over.
inspect::WordSource counted(inspect::WordSource words, std::shared_ptr<std::atomic<std::uint64_t>> bytes)
{
    return [words = std::move(words), bytes = std::move(bytes)](std::string& lines) {
        const bool isThere = words(lines);
        *bytes += lines.size();
        return isThere;
    };
}

} // namespace

Result<WordFile> openWordFile(const std::string& path)
{
    const auto file = std::make_shared<QFile>(toQString(path));
    if (!file->open(QIODevice::ReadOnly))
        return failure(ErrorKind::Unreadable, "cannot read word list " + visible(path),
                       toUtf8(file->errorString()), "check the path and its permissions");
    const auto rest = std::make_shared<std::string>();
    WordFile opened;
    opened.size = static_cast<std::uint64_t>(file->size());
    opened.words = [file, rest](std::string& words) { return nextLines(*file, *rest, words); };
    return opened;
}

/// Shared with the thread that searches, which may outlive the object.
struct SecretSearch::State
{
    std::atomic<bool> cancel = false;
    std::atomic<std::uint64_t> tried = 0;
    std::atomic<std::uint64_t> whole = 1;
    std::shared_ptr<std::atomic<std::uint64_t>> handed = std::make_shared<std::atomic<std::uint64_t>>(0);

    Result<inspect::GuessOutcome> search(const jose::Jws& token, const std::string& wordFile)
    {
        whole = inspect::publishedSecrets().size();
        inspect::WordSource words = inspect::publishedWords();
        if (!wordFile.empty()) {
            Result<WordFile> own = openWordFile(wordFile);
            if (!own)
                return tl::unexpected(own.error());
            whole += own->size;
            words = inspect::inTurn(std::move(words), std::move(own->words));
        }
        inspect::GuessOptions options;
        options.cancel = &cancel;
        options.progress = [this](std::uint64_t count) { tried = count; };
        return inspect::guessSecret(token, counted(std::move(words), handed), options);
    }
};

SecretSearch::SecretSearch(QObject* parent) : QObject(parent) {}

SecretSearch::~SecretSearch()
{
    cancel();
}

void SecretSearch::start(const jose::Jws& token, const std::string& wordFile)
{
    cancel();
    m_state = std::make_shared<State>();
    m_isRunning = true;
    if (m_timer == 0)
        m_timer = startTimer(interval);
    m_job.run([state = m_state, token, wordFile] { return state->search(token, wordFile); },
              [this](const Result<inspect::GuessOutcome>& outcome) {
                  m_isRunning = false;
                  killTimer(std::exchange(m_timer, 0));
                  Q_EMIT finished({outcome});
              });
}

void SecretSearch::cancel()
{
    if (m_state)
        m_state->cancel = true;
}

void SecretSearch::drop()
{
    cancel();
    m_job.cancel();
    m_isRunning = false;
    if (m_timer != 0)
        killTimer(std::exchange(m_timer, 0));
}

void SecretSearch::timerEvent(QTimerEvent*)
{
    report();
}

void SecretSearch::report()
{
    const double whole = static_cast<double>(m_state->whole);
    Q_EMIT progressed(m_state->tried, std::min(1.0, static_cast<double>(*m_state->handed) / whole));
}

} // namespace claimcheck::ui
