// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The body of a response: pretty or raw, a line to find in it, chips behind the tokens that are in it.
// Reading and reformatting run beside the window's thread.

#pragma once

#include <vector>

#include <QtWidgets/qwidget.h>

#include <state/bodytext.h>
#include <state/latestjob.h>
#include <state/responseview.h>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace claimcheck::ui {

class TextView;

class BodyPage : public QWidget
{
    Q_OBJECT
public:
    explicit BodyPage(QWidget* parent = nullptr);

    void setResponse(const http::Response& response, std::vector<TokenLabel> tokens);
    /// The same tokens with other words (time went on).
    void setTokens(std::vector<TokenLabel> tokens);
    void clear();
    void focusSearch();

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
    };
    static Loaded load(const http::Response& response, const std::vector<std::string>& tokens);
    static std::vector<Place> placesOf(const std::string& text, const std::vector<std::string>& tokens);

    QWidget* makeBar();
    void showLoaded(Loaded loaded);
    void showForm();
    void showChips();
    void search();
    void step(int by);
    void showStep();

    TextView* m_view;
    QLabel* m_note;
    QLineEdit* m_search;
    QLabel* m_matchCount;
    QToolButton* m_previous;
    QToolButton* m_next;
    QComboBox* m_form;
    Loaded m_loaded;
    std::vector<TokenLabel> m_tokens;
    std::size_t m_matches = 0;
    std::size_t m_match = 0;
    LatestJob<Loaded> m_loading;
    LatestJob<std::vector<std::size_t>> m_searching;
};

} // namespace claimcheck::ui
