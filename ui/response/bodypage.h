// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The body of a response: pretty, raw, in hex or as a picture, a line to find in it, chips behind the tokens
// that are in it. Reading, reformatting, searching and saving run beside the window's thread.

#pragma once

#include <vector>

#include <QtWidgets/qwidget.h>

#include <base/latestjob.h>
#include <response/bodybar.h>
#include <response/imagepreview.h>
#include <state/bodytext.h>
#include <state/responseview.h>

class QLabel;
class QStackedWidget;

namespace claimcheck::ui {

class TextView;

class BodyPage : public QWidget
{
    Q_OBJECT
public:
    explicit BodyPage(QWidget* parent = nullptr);

    /// `url` only names the file that it may be saved to.
    void setResponse(const http::Response& response, std::vector<TokenLabel> tokens,
                     const std::string& url = {});
    /// The same tokens with other words (time went on).
    void setTokens(std::vector<TokenLabel> tokens);
    void clear();
    void focusSearch() { m_bar->focusSearch(); }
    /// Writes the body as received, and says how it went.
    void saveTo(const QString& path);

Q_SIGNALS:
    void tokenActivated(const QString& token);

private:
    /// A token's place in one of the two texts.
    struct Place
    {
        std::size_t token = 0;
        std::size_t offset = 0;
    };
    struct Loaded
    {
        BodyText body;
        std::vector<Place> inRaw;
        std::vector<Place> inPretty;
        DecodedImage picture;
    };
    static Loaded load(const http::Response& response, const std::vector<std::string>& tokens);
    static std::vector<Place> placesOf(const std::string& text, const std::vector<std::string>& tokens);

    void connectBar();
    void showLoaded(Loaded loaded);
    void chooseForm();
    void showForm();
    void showHex();
    void showText(const IndexedText& text);
    void showNotes();
    const std::vector<Place>* shownPlaces() const;
    void showChips();
    void search();
    void step(int by);
    void showStep();
    void chooseFile();

    TextView* m_view;
    ImagePreview* m_picture;
    QStackedWidget* m_views;
    QLabel* m_note;
    BodyBar* m_bar;
    http::Body m_body;
    QString m_fileName;
    QString m_formNote; ///< what the chosen form leaves out
    QString m_saveNote; ///< how saving went
    Loaded m_loaded;
    IndexedText m_shown;
    bool m_prefersRaw = false; ///< was chosen instead of the pretty form
    std::vector<TokenLabel> m_tokens;
    std::size_t m_matches = 0;
    std::size_t m_match = 0;
    LatestJob<Loaded> m_loading;
    LatestJob<IndexedText> m_hexing;
    LatestJob<std::vector<std::size_t>> m_searching;
    LatestJob<Result<void>> m_saving;
};

} // namespace claimcheck::ui
